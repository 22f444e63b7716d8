import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { insertInto, orUpdate, update } from '../src/sql/changes.ts';
import { joinSql, type Sql, select, sql } from '../src/sql/compose.ts';
import { anyOf, jsonAt, rowsOf } from '../src/sql/sqlite.ts';
import { Statements } from '../src/sql/statements.ts';
import { selectAll, TABLES, tableAs } from '../src/sql/tables.ts';
import { temporaryStore } from './temporary.ts';

const source = fileURLToPath(new URL('../src/', import.meta.url));
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(path.sep).join('/'))
  .filter((file) => file.endsWith('.ts') && !file.startsWith('generated/'));
const textOf = (file: string) => readFileSync(path.join(source, file), 'utf8');

/** A table of SQLite and what asks it. */
function asking() {
  const database = new Database(':memory:');
  database.exec('CREATE TABLE Tag (runId TEXT, key TEXT, value TEXT, number REAL, PRIMARY KEY (runId, key))');
  return new Statements(database);
}

describe('the tables', () => {
  it('are those of a migrated record, column by column', async () => {
    const store = await temporaryStore();
    const database = new Database(store.databaseFile, { readonly: true });
    const names = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
      .pluck()
      .all()
      .filter((name) => name !== '_prisma_migrations');
    const columnsOf = (table: string) =>
      (database.prepare(`PRAGMA table_info(${table})`).all() as { name: string }[]).map(({ name }) => name).sort();
    expect(names.length).toBeGreaterThan(10);
    expect(Object.keys(TABLES).sort()).toEqual([...names].sort());
    for (const [name, table] of Object.entries(TABLES))
      expect(Object.keys(table).sort(), name).toEqual(columnsOf(name));
    database.close();
  });

  it('have no column that is none: a wrong name is an error of types', () => {
    // @ts-expect-error
    expect(TABLES.Run.runId).toBeUndefined();
    // @ts-expect-error
    expect(update('Run', { names: 'a' }).text).toBe('UPDATE "Run" SET "names" = ?');
    const names: (readonly [string, string])[] = asking().rows(
      select(TABLES.Tag.key, TABLES.Tag.value)`FROM ${TABLES.Tag}`,
    );
    // @ts-expect-error
    const numbers: (readonly [string, number])[] = asking().rows(
      select(TABLES.Tag.key, TABLES.Tag.value)`FROM ${TABLES.Tag}`,
    );
    expect([names, numbers]).toEqual([[], []]);
  });
});

describe('words that are SQLite’s alone', () => {
  const WORDS =
    /\b(json_each|json_extract|json_type|json_valid|octet_length|instr|INDEXED BY|CROSS JOIN|PRAGMA|total_changes|OR IGNORE)\b|->>|\b(fold|fold_pattern|natural|without_paths|in_zone|substr|total)\(\$\{/;

  it('are said in its folder and nowhere else, so that another database needs that one anew', () => {
    const said = files.filter((file) => WORDS.test(textOf(file)));
    expect(said).toContain('sql/sqlite.ts');
    // Migrations are SQLite's own as well.
    expect(said.filter((file) => !file.startsWith('sql/'))).toEqual(['schema-engine.ts']);
  });

  it('are noticed', () => {
    for (const text of [
      'PRAGMA user_version',
      'WHERE id IN (SELECT value FROM json_each(?))',
      'natural($' + '{key})',
    ]) {
      expect(text).toMatch(WORDS);
    }
    expect('$' + '{natural(key)}').not.toMatch(WORDS);
  });

  it('are asked of the driver there, and where a file is looked at before it is a record', () => {
    const drivers = files.filter((file) => /^import (?!type).* from 'better-sqlite3';/m.test(textOf(file)));
    expect(drivers.sort()).toEqual(['database-file.ts', 'readable-copy.ts', 'sql/connection.ts']);
  });
});

describe('SQL', () => {
  const { Tag } = TABLES;
  const ODD = ["'; DROP TABLE Tag; --", '"', '?', '${', '\0', '精度'];

  it('binds what it is given, as a part and in a list', () => {
    const statements = asking();
    ODD.forEach((value, number) => {
      expect(statements.run(insertInto('Tag', { runId: 'a', key: value, value, number }))).toBe(1);
    });
    const keyed = (values: readonly string[]) =>
      statements.rows(
        select(Tag.value, Tag.number)`FROM ${Tag} WHERE ${Tag.key} IN ${anyOf(values)} ORDER BY ${Tag.number}`,
      );
    expect(keyed(ODD)).toEqual(ODD.map((value, number) => [value, number]));
    expect(keyed(['?'])).toEqual([['?', 2]]);
    const wanted = rowsOf(['b', '"', '?'], 'j');
    expect(
      statements.rows(
        select(wanted.value, Tag.number)`
          FROM ${wanted} LEFT JOIN ${Tag} ON ${Tag.key} = ${wanted.value} ORDER BY ${wanted.position}`,
      ),
    ).toEqual([
      ['b', null],
      ['"', 1],
      ['?', 2],
    ]);
  });

  it('changes what it is to change', () => {
    const statements = asking();
    const row = { runId: 'a', key: 'k', value: '1', number: 1 };
    statements.run(insertInto('Tag', row));
    const other = { ...row, value: '2', number: 2 };
    statements.run(sql`${insertInto('Tag', other)} ${orUpdate('Tag', ['runId', 'key'], ['value'])}`);
    const all = selectAll('Tag')``;
    expect(statements.objects(all)).toEqual([{ ...row, value: '2' }]);
    expect(statements.run(sql`${update('Tag', { number: null })} WHERE ${Tag.key} = ${'k'}`)).toBe(1);
    expect(statements.objects(all)).toEqual([{ ...row, value: '2', number: null }]);
  });

  it('tells a table from itself by another name', () => {
    const statements = asking();
    for (const key of ['k', 'l']) statements.run(insertInto('Tag', { runId: 'a', key, value: key, number: null }));
    const other = tableAs('Tag', 'other');
    const pairs = select(
      Tag.key,
      other.key,
    )`FROM ${Tag} JOIN ${other} ON ${other.runId} = ${Tag.runId} WHERE ${Tag.key} < ${other.key}`;
    expect(statements.rows(pairs)).toEqual([['k', 'l']]);
  });

  it('joins thousands of conditions within the depth that SQLite takes', () => {
    const terms = Array.from({ length: 5000 }, (_, i): Sql => sql`${i} = ${i}`);
    expect(asking().column(sql<[number]>`SELECT ${joinSql(terms, sql`AND`)}`)).toEqual([1]);
  });

  it.each([
    ['{"a":{"b":5}}', { has: 1, number: 5, text: '5', json: '5' }],
    ['{"a":{"b":"x"}}', { has: 1, number: null, text: 'x', json: '"x"' }],
    ['{"a":{"b":[1]}}', { has: 1, number: null, text: '[1]', json: '[1]' }],
    ['{"a":{"b":null}}', { has: 0, number: null, text: null, json: 'null' }],
    ['{"a":5}', { has: 0, number: null, text: null, json: null }],
    ['{', { has: 0, number: null, text: null, json: null }],
  ])('reads what is in %s', (json, expected) => {
    const { has, number, text, json: found } = jsonAt(sql`${json}`, ['a', 'b']);
    const [row] = asking().rows(select(has, number, text, found)``);
    expect(row).toEqual([expected.has, expected.number, expected.text, expected.json]);
  });

  it('finds nothing under a key that SQLite cannot say', () => {
    const { has, text } = jsonAt(sql`${'{"\\"":1}'}`, ['"']);
    expect(asking().rows(select(has, text)``)).toEqual([[0, null]]);
  });
});
