import { Prisma } from '../generated/browser.ts'; // names and types alone, without the client
import { ITSELF, type Source, Sql, type SqlPart, sql } from './compose.ts';

// Tables and columns are those of prisma/schema.prisma, as Prisma's generator reads it: removing or renaming a column
// there is a type error wherever it is used.

export type TableName = Prisma.ModelName;
type Scalars<N extends TableName> = Prisma.TypeMap['model'][N]['payload']['scalars'];

/** The form of a value in the database. */
type Stored<T> = T extends Date ? string : T extends boolean ? 0 | 1 : T extends Uint8Array ? Buffer : T;

/** A row of a table, unless something in it is damaged. */
export type TableRow<N extends TableName> = { readonly [C in keyof Scalars<N>]: Stored<Scalars<N>[C]> };

/** A table and its columns, to be put into statements. */
export type Table<N extends TableName> = Source & { readonly [C in keyof TableRow<N>]: Sql<TableRow<N>[C]> };

/** A name quoted for SQL, whatever it contains. */
export const nameSql = (name: string): Sql => new Sql(`"${name.replaceAll('"', '""')}"`);

const known = new Map<string, unknown>();

/** A table under an alias, for statements that need a short name or the same table twice. */
export function tableAs<N extends TableName>(name: N, alias: string): Table<N> {
  const key = `${name} ${alias}`;
  if (!known.has(key)) known.set(key, makeTable(name, alias));
  return known.get(key) as Table<N>;
}

function makeTable(name: TableName, alias: string): object {
  const columns = (Prisma as unknown as Record<string, object>)[`${name}ScalarFieldEnum`] ?? {};
  const at = nameSql(alias);
  return {
    ...Object.fromEntries(Object.keys(columns).map((column) => [column, sql`${at}.${nameSql(column)}`])),
    [ITSELF]: alias === name ? at : sql`${nameSql(name)} AS ${at}`,
  };
}

/** Every table under its own name. */
export const TABLES = Object.fromEntries(
  Object.values(Prisma.ModelName).map((name) => [name, tableAs(name, name)]),
) as unknown as { readonly [N in TableName]: Table<N> };

/** A query for whole rows of a table under its own name; its template goes on with WHERE. */
export const selectAll =
  <N extends TableName>(name: N) =>
  (strings: TemplateStringsArray, ...parts: readonly SqlPart[]): Sql<TableRow<N>> =>
    sql`SELECT * FROM ${TABLES[name]} ${sql(strings, ...parts)}`;
