import type Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';

type Value = string | number | null | Buffer;

/** SQL text and the values bound to it. Text comes from this package's source alone: what a person wrote is bound. */
export class Sql {
  readonly text: string;
  readonly values: readonly Value[];
  constructor(text: string, values: readonly Value[] = []) {
    this.text = text;
    this.values = values;
  }
}

/** SQL as a template: a part that is SQL is put in, any other is bound. */
export function sql(strings: TemplateStringsArray, ...parts: readonly (Sql | Value)[]): Sql {
  let text = strings[0] ?? '';
  const values: Value[] = [];
  parts.forEach((part, i) => {
    text += (part instanceof Sql ? part.text : '?') + (strings[i + 1] ?? '');
    if (part instanceof Sql) for (const value of part.values) values.push(value);
    else values.push(part);
  });
  return new Sql(text, values);
}

/** The parts with `separator` between them, in pairs of pairs: SQLite takes a thousand levels of an expression. */
export function joinSql(parts: readonly Sql[], separator: Sql): Sql {
  const [first = new Sql(''), ...rest] = parts;
  if (rest.length === 0) return first;
  const middle = Math.ceil(parts.length / 2);
  return sql`(${joinSql(parts.slice(0, middle), separator)} ${separator} ${joinSql(parts.slice(middle), separator)})`;
}

/** The parts as a list, with commas. */
export const listSql = (parts: readonly Sql[]): Sql =>
  new Sql(
    parts.map(({ text }) => text).join(', '),
    parts.flatMap(({ values }) => values),
  );

const DATA_VERSION = new Sql('PRAGMA data_version');
const TOTAL_CHANGES = new Sql('SELECT total_changes()');
const MOST_STATEMENTS = 200;

/** Asks SQLite, and keeps prepared what was asked lately. */
export class Statements {
  readonly db: Database.Database;
  readonly #kept = new LRUCache<string, Database.Statement<Value[], unknown>>({ max: MOST_STATEMENTS });

  constructor(db: Database.Database) {
    this.db = db;
  }

  #prepare(text: string): Database.Statement<Value[], unknown> {
    const kept = this.#kept.get(text);
    if (kept) return kept;
    const statement = this.db.prepare<Value[], unknown>(text);
    this.#kept.set(text, statement);
    return statement;
  }

  /** All rows, as lists of their columns. */
  rows<T extends readonly unknown[]>({ text, values }: Sql): T[] {
    return this.#prepare(text)
      .raw()
      .all(...values) as T[];
  }

  /** The first column of all rows. */
  column<T>({ text, values }: Sql): T[] {
    return this.#prepare(text)
      .raw(false)
      .pluck()
      .all(...values) as T[];
  }

  /** All rows, each by the names of its columns. */
  objects({ text, values }: Sql): Record<string, unknown>[] {
    return this.#prepare(text)
      .raw(false)
      .pluck(false)
      .all(...values) as Record<string, unknown>[];
  }

  /** How many rows it changed. */
  run({ text, values }: Sql): number {
    return this.#prepare(text).run(...values).changes;
  }

  /** A word that is another one after any change of the database, by whomever. */
  revision(): string {
    const [byOthers] = this.column<number>(DATA_VERSION);
    const [own] = this.column<number>(TOTAL_CHANGES);
    return `${byOthers}.${own}`;
  }
}

/** A moment as the database holds it: texts that sort as the moments do. */
export const sqlDate = (ms: number): string => new Date(ms).toISOString().replace('Z', '+00:00');
