import { listSql, type Sql, type SqlValue, sql } from './compose.ts';
import { nameSql, type TableName, type TableRow } from './tables.ts';

/** New values for some columns of a row. */
export type RowChange<N extends TableName> = { readonly [C in keyof TableRow<N>]?: TableRow<N>[C] };
type ColumnName<N extends TableName> = keyof TableRow<N> & string;

const entriesOf = (change: object) => Object.entries(change) as [column: string, value: SqlValue][];

/** The names of columns of a table, without the table's name. */
export const columnNames = <N extends TableName>(_table: N, columns: readonly ColumnName<N>[]): Sql =>
  listSql(columns.map((column) => nameSql(column)));

/** INSERT of a new row. */
export function insertInto<N extends TableName>(table: N, row: RowChange<N>): Sql {
  const entries = entriesOf(row);
  const names = listSql(entries.map(([column]) => nameSql(column)));
  return sql`INSERT INTO ${nameSql(table)} (${names}) VALUES (${listSql(entries.map(([, value]) => sql`${value}`))})`;
}

/** UPDATE with new values; the WHERE must follow. */
export const update = <N extends TableName>(table: N, change: RowChange<N>): Sql =>
  sql`UPDATE ${nameSql(table)} SET ${listSql(entriesOf(change).map(([column, value]) => sql`${nameSql(column)} = ${value}`))}`;

/** After an INSERT: if a row with the same `key` exists, it gets the new values of `columns`. */
export function orUpdate<N extends TableName>(
  table: N,
  key: readonly ColumnName<N>[],
  columns: readonly ColumnName<N>[],
): Sql {
  const changes = columns.map((column) => sql`${nameSql(column)} = excluded.${nameSql(column)}`);
  return sql`ON CONFLICT (${columnNames(table, key)}) DO UPDATE SET ${listSql(changes)}`;
}

/** After an INSERT: if such a row exists, it stays. */
export const OR_KEEP: Sql = sql`ON CONFLICT DO NOTHING`;
