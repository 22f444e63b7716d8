/** A value that can be bound to a statement. */
export type SqlValue = string | number | null | Buffer;

/**
 * SQL text with its bound values. The text comes only from this package's source: what a person wrote is bound.
 * @typeParam T what it yields, as long as nothing in the record is damaged: a column its value, a query one row
 */
export class Sql<T = unknown> {
  declare readonly standsFor: T; // for the compiler only
  readonly text: string;
  readonly values: readonly SqlValue[];
  constructor(text: string, values: readonly SqlValue[] = []) {
    this.text = text;
    this.values = values;
  }
}

/** The key under which a table or a list of rows has, beside its columns, its text after FROM. */
export const ITSELF = Symbol('itself');

/** Something from which rows are read. */
export interface Source {
  readonly [ITSELF]: Sql;
}

/** What a template accepts. */
export type SqlPart = Sql | Source | SqlValue;

const sqlOf = (part: SqlPart): Sql | null =>
  part instanceof Sql ? part : part !== null && typeof part === 'object' && ITSELF in part ? part[ITSELF] : null;

/** SQL as a template: parts that are SQL are inserted, others are bound. */
export function sql<T = unknown>(strings: TemplateStringsArray, ...parts: readonly SqlPart[]): Sql<T> {
  let text = strings[0] ?? '';
  const values: SqlValue[] = [];
  parts.forEach((part, i) => {
    const inner = sqlOf(part);
    text += (inner ? inner.text : '?') + (strings[i + 1] ?? '');
    if (inner) for (const value of inner.values) values.push(value);
    else values.push(part as SqlValue);
  });
  return new Sql(text, values);
}

/** Joins the parts with `separator`, as pairs of pairs, as SQLite limits the depth of an expression to a thousand. */
export function joinSql(parts: readonly Sql[], separator: Sql): Sql {
  const [first = new Sql(''), ...rest] = parts;
  if (rest.length === 0) return first;
  const middle = Math.ceil(parts.length / 2);
  return sql`(${joinSql(parts.slice(0, middle), separator)} ${separator} ${joinSql(parts.slice(middle), separator)})`;
}

/** The parts one after the other, with commas or another text between them. */
export const listSql = (parts: readonly Sql[], between = ', '): Sql =>
  new Sql(
    parts.map(({ text }) => text).join(between),
    parts.flatMap(({ values }) => values),
  );

/** The values of some columns in one row. */
type RowValues<C extends readonly Sql[]> = { -readonly [I in keyof C]: C[I] extends Sql<infer T> ? T : never };

/** A query for some columns; its template goes on with FROM. */
export const select =
  <const C extends readonly Sql[]>(...columns: C) =>
  (strings: TemplateStringsArray, ...parts: readonly SqlPart[]): Sql<RowValues<C>> =>
    sql`SELECT ${listSql(columns)} ${sql(strings, ...parts)}`;

/** The number of rows. */
export const COUNT: Sql<number> = sql`count(*)`;
