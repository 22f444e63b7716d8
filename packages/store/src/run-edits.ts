import { StoreError } from './errors.ts';
import { columnNames, orUpdate, update } from './sql/changes.ts';
import { type Sql, select, sql } from './sql/compose.ts';
import { anyOf, rowsOf, sqlDate } from './sql/sqlite.ts';
import type { Statements } from './sql/statements.ts';
import { TABLES } from './sql/tables.ts';
import { checkKey, checkText } from './text-limits.ts';

const MOST_NOTES = 200_000;
const MOST_TAG = 10_000;
const MOST_KEY = 200;

const { Run, Tag } = TABLES;

/** Changes that people make to recorded runs. Each is made completely or not at all. */
export class RunEdits {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** @throws StoreError `bad-input`, `not-found` */
  rename(id: string, name: string): void {
    checkText('name', name, { least: 1 });
    this.#update(id, update('Run', { name }));
  }

  /** Notes are Markdown. @throws StoreError `bad-input`, `not-found` */
  setNotes(id: string, notes: string): void {
    checkText('notes', notes, { most: MOST_NOTES });
    this.#update(id, update('Run', { notes }));
  }

  /**
   * Sets tags of runs; null removes one, other tags stay.
   * @throws StoreError `bad-input`, `not-found`
   */
  setTags(ids: readonly string[], tags: Readonly<Record<string, string | null>>): void {
    for (const [key, value] of Object.entries(tags)) {
      checkText('tag', key, { least: 1, most: MOST_KEY });
      checkKey('tag', key);
      checkText(`tag ${key}`, value ?? '', { most: MOST_TAG });
    }
    this.#inOne(ids, () => {
      for (const [key, value] of Object.entries(tags)) {
        this.#statements.run(value === null ? untagged(ids, key) : tagged(ids, key, value));
      }
    });
  }

  /**
   * Takes runs out of lists and comparisons without losing anything. @returns those not archived before @throws
   * StoreError `not-found`
   */
  archive(ids: readonly string[]): string[] {
    return this.#move(ids, update('Run', { archivedAt: sqlDate(Date.now()) }), sql`${Run.archivedAt} IS NULL`);
  }

  /** Brings archived runs back. @returns those that were archived @throws StoreError `not-found` */
  restore(ids: readonly string[]): string[] {
    return this.#move(ids, update('Run', { archivedAt: null }), sql`${Run.archivedAt} IS NOT NULL`);
  }

  /** Changes those of the runs for which the condition holds. @returns their ids, in the order of `ids` */
  #move(ids: readonly string[], change: Sql, isDue: Sql): string[] {
    return this.#inOne(ids, () => {
      const asked = rowsOf(ids, 'j');
      const due = this.#statements.column(
        select(asked.value)`
          FROM ${asked} JOIN ${Run} ON ${Run.id} = ${asked.value} WHERE ${isDue} ORDER BY ${asked.position}`,
      );
      this.#statements.run(sql`${change} WHERE ${Run.id} IN ${anyOf(due)}`);
      return due;
    });
  }

  #update(id: string, change: Sql): void {
    this.#inOne([id], () => this.#statements.run(sql`${change} WHERE ${Run.id} = ${id}`));
  }

  #inOne<T>(ids: readonly string[], work: () => T): T {
    return this.#statements.write(() => {
      const asked = rowsOf(ids, 'j');
      const [unknown] = this.#statements.column(
        select(asked.value)`FROM ${asked} WHERE ${asked.value} NOT IN (${select(Run.id)`FROM ${Run}`}) LIMIT 1`,
      );
      if (unknown !== undefined) {
        throw new StoreError('not-found', `no run "${unknown}"; whorl ls <experiment> lists them`);
      }
      return work();
    });
  }
}

const untagged = (ids: readonly string[], key: string): Sql =>
  sql`DELETE FROM ${Tag} WHERE ${Tag.key} = ${key} AND ${Tag.runId} IN ${anyOf(ids)}`;

function tagged(ids: readonly string[], key: string, value: string): Sql {
  const run = rowsOf(ids, 'j');
  // Without the WHERE, SQLite would take ON CONFLICT for the ON of a join.
  return sql`INSERT INTO ${Tag} (${columnNames('Tag', ['runId', 'key', 'value', 'number'])})
    SELECT ${run.value}, ${key}, ${value}, ${tagNumber(value)} FROM ${run} WHERE true
    ${orUpdate('Tag', ['runId', 'key'], ['value', 'number'])}`;
}

/** The number as which a tag reads, so that `tags.round > 9` finds 10; null for other texts. */
export function tagNumber(value: string): number | null {
  const number = value.trim() === '' ? Number.NaN : Number(value);
  return Number.isNaN(number) ? null : number;
}
