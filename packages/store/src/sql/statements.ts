import type Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import { Sql, type SqlValue, sql } from './compose.ts';
import { nameSql } from './tables.ts';

const DATA_VERSION = new Sql<[number]>('PRAGMA data_version');
const TOTAL_CHANGES = new Sql<[number]>('SELECT total_changes()');
const FOREIGN_KEY_CHECK = new Sql<[table: string, row: number | null, parent: string]>('PRAGMA foreign_key_check');
const FREE_PAGES = new Sql<[number]>('PRAGMA freelist_count');
const PAGE_SIZE = new Sql<[number]>('PRAGMA page_size');
const VACUUM = new Sql('VACUUM');
const EMPTY_LOG = new Sql<[number, number, number]>('PRAGMA wal_checkpoint(TRUNCATE)');
const MOST_STATEMENTS = 200;

/** A row as the database has it, with any value in its columns. */
export type Row<C extends string = string> = { readonly [K in C]?: unknown };

/** Runs statements on SQLite, and keeps recent ones prepared. */
export class Statements {
  readonly #db: Database.Database;
  readonly #kept = new LRUCache<string, Database.Statement<SqlValue[], unknown>>({ max: MOST_STATEMENTS });

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** Whether nothing can be written. */
  get isReadOnly(): boolean {
    return this.#db.readonly;
  }

  #prepare(text: string): Database.Statement<SqlValue[], unknown> {
    const kept = this.#kept.get(text);
    if (kept) return kept;
    const statement = this.#db.prepare<SqlValue[], unknown>(text);
    this.#kept.set(text, statement);
    return statement;
  }

  /** All rows, as lists of their columns. */
  rows<R extends readonly unknown[]>({ text, values }: Sql<R>): R[] {
    return this.#prepare(text)
      .raw()
      .all(...values) as R[];
  }

  /** The first column of all rows. */
  column<T>({ text, values }: Sql<readonly [T, ...unknown[]]>): T[] {
    return this.#prepare(text)
      .raw(false)
      .pluck()
      .all(...values) as T[];
  }

  /** All rows, each by the names of its columns. */
  objects<R>({ text, values }: Sql<R>): Row<keyof R & string>[] {
    return this.#prepare(text)
      .raw(false)
      .pluck(false)
      .all(...values) as Row<keyof R & string>[];
  }

  /** How many rows it changed. */
  run({ text, values }: Sql): number {
    return this.#prepare(text).run(...values).changes;
  }

  /** The result of `read`, all as of one moment. */
  read<T>(read: () => T): T {
    return this.#db.transaction(read)();
  }

  /**
   * The result of `change`; all that it writes is written or, after an error, nothing. Nobody else writes meanwhile.
   */
  write<T>(change: () => T): T {
    return this.#db.transaction(change).immediate();
  }

  /** Up to `most` faults that SQLite finds in its own structures; empty where they are whole. */
  structureProblems(most: number): string[] {
    return this.column(new Sql<[string]>(`PRAGMA integrity_check(${most})`)).filter((said) => said !== 'ok');
  }

  /** For each row with a reference to a missing row, its table and the table referred to. */
  orphans(): (readonly [table: string, parent: string])[] {
    return this.rows(FOREIGN_KEY_CHECK).map(([table, , parent]) => [table, parent]);
  }

  /** The rows with a reference to a missing row, each by its table and number. */
  orphanRows(): (readonly [table: string, row: number])[] {
    const rows = this.rows(FOREIGN_KEY_CHECK).flatMap(([table, row]) => (row === null ? [] : [`${row} ${table}`]));
    return [...new Set(rows)].map((pair) => [pair.slice(pair.indexOf(' ') + 1), Number.parseInt(pair, 10)]);
  }

  /** @param row the row's number in the table */
  deleteRow(table: string, row: number): void {
    this.run(sql`DELETE FROM ${nameSql(table)} WHERE rowid = ${row}`);
  }

  /** The free bytes in the file. */
  get freeBytes(): number {
    const [pages = 0] = this.column(FREE_PAGES);
    const [size = 0] = this.column(PAGE_SIZE);
    return pages * size;
  }

  /** Rewrites the file without free pages; the log beside it goes, too, unless somebody reads. */
  vacuum(): void {
    this.run(VACUUM);
    this.rows(EMPTY_LOG);
  }

  /** Text that changes with every change of the database, by whichever process. */
  revision(): string {
    const [byOthers] = this.column(DATA_VERSION);
    const [own] = this.column(TOTAL_CHANGES);
    return `${byOthers}.${own}`;
  }
}
