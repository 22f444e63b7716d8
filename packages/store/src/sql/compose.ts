/** What can be bound to a statement. */
export type SqlValue = string | number | null | Buffer;

/**
 * SQL text and the values bound to it. Text comes from this package's source alone: what a person wrote is bound.
 * @typeParam T what it stands for, as long as nothing of the record is damaged: of a column its value, of a question one row
 */
export class Sql<T = unknown> {
  declare readonly standsFor: T; // for the compiler alone
  readonly text: string;
  readonly values: readonly SqlValue[];
  constructor(text: string, values: readonly SqlValue[] = []) {
    this.text = text;
    this.values = values;
  }
}

/** Under this key, beside its columns, a table or a list of rows has what to write after FROM. */
export const ITSELF = Symbol('itself');

/** What rows are read from. */
export interface Source {
  readonly [ITSELF]: Sql;
}

/** What a template takes. */
export type SqlPart = Sql | Source | SqlValue;

const sqlOf = (part: SqlPart): Sql | null =>
  part instanceof Sql ? part : part !== null && typeof part === 'object' && ITSELF in part ? part[ITSELF] : null;

/** SQL as a template: a part that is SQL is put in, any other is bound. */
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

/** The parts with `separator` between them, in pairs of pairs: SQLite takes a thousand levels of an expression. */
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

/** The values of some columns, as one row has them. */
type RowValues<C extends readonly Sql[]> = { -readonly [I in keyof C]: C[I] extends Sql<infer T> ? T : never };

/** A question for some columns; its template goes on with FROM. */
export const select =
  <const C extends readonly Sql[]>(...columns: C) =>
  (strings: TemplateStringsArray, ...parts: readonly SqlPart[]): Sql<RowValues<C>> =>
    sql`SELECT ${listSql(columns)} ${sql(strings, ...parts)}`;

/** How many rows there are. */
export const COUNT: Sql<number> = sql`count(*)`;
