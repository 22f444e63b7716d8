import { ITSELF, type Source, type Sql, sql } from './compose.ts';
import { nameSql } from './tables.ts';

// SQL that only SQLite understands. Another database needs new versions of this module, `functions.ts` and
// `statements.ts`, and of none that queries: docs/decisions/0001-metrics-beside-prisma.md

/** A moment in the form of the database: text that sorts by time. */
export const sqlDate = (ms: number): string => new Date(ms).toISOString().replace('Z', '+00:00');

/** A moment of the database as ISO 8601. */
export const isoText = (moment: Sql): Sql<string> => sql`replace(${moment}, '+00:00', 'Z')`;

/** The texts, to follow IN. They are bound as one value, so that the statement is the same for any number of them. */
export const anyOf = (texts: readonly string[]): Sql => sql`(SELECT value FROM json_each(${JSON.stringify(texts)}))`;

/** Texts as rows, each with its position. */
export interface TextRows extends Source {
  readonly value: Sql<string>;
  readonly position: Sql<number>;
}

/** The texts as rows, under a name. */
export function rowsOf(texts: readonly string[], alias: string): TextRows {
  const at = nameSql(alias);
  return {
    [ITSELF]: sql`json_each(${JSON.stringify(texts)}) AS ${at}`,
    value: sql`${at}.value`,
    position: sql`${at}.key`,
  };
}

/** A table read by this index, whatever the planner would choose. */
export const byIndex = (table: Source, index: string): Sql => sql`${table} INDEXED BY ${nameSql(index)}`;

/** A JOIN that reads the tables in the order in which they are written. */
export const JOIN_IN_ORDER: Sql = sql`CROSS JOIN`;

/** Whether two values are the same, NULL being the same as NULL. */
export const isSame = (a: Sql, b: string | null): Sql => sql`${a} IS ${b}`;

/** For each group, the value in the row with the highest `order`, and that `order`. */
export const atHighest = <T>(value: Sql<T>, order: Sql): readonly [Sql<T>, Sql] =>
  // SQLite takes the other columns from the row with the maximum.
  [value, sql`max(${order})`];

/** The last bytes of a blob. */
export const lastBytes = (blob: Sql, bytes: number): Sql<Buffer> => sql`substr(${blob}, -${bytes})`;

/** Whether a text contains `part`, whatever the case. */
export const mentions = (text: Sql, part: string): Sql => sql`instr(fold(${text}), fold(${part})) > 0`;

/**
 * A text for LIKE. A text of ASCII only, whose case LIKE ignores, is spared the call into JavaScript, which takes
 * longer than everything else.
 */
export const likeable = (text: Sql): Sql =>
  sql`CASE WHEN length(${text}) = octet_length(${text}) THEN ${text} ELSE fold(${text}) END`;

/** Whether a text fits a pattern of `%` and `_`, whatever the case. */
export const isLike = (text: Sql, pattern: string): Sql => sql`${text} LIKE fold_pattern(${pattern}) ESCAPE '\\'`;

/** The key that sorts a text in natural order. */
export const natural = (text: Sql): Sql<string> => sql`natural(${text})`;

/** A text without its paths. Few texts have one: the others are spared the call into JavaScript. */
export const pathless = (text: Sql): Sql<string> =>
  sql`CASE WHEN instr(${text}, '/') + instr(${text}, '\\') > 0 THEN without_paths(${text}) ELSE ${text} END`;

/** A moment as the clocks of a zone show it. */
export const inZone = (moment: Sql, timeZone: string): Sql<string> => sql`in_zone(${moment}, ${timeZone})`;

/** A value in a JSON text; each reading is NULL where the text is not JSON or has no such value. */
export interface JsonValue {
  readonly has: Sql;
  readonly number: Sql<number | null>;
  /** For a value that is neither a number nor a text, its JSON. */
  readonly text: Sql<string | null>;
  readonly json: Sql<string | null>;
}

const NULL = sql<null>`NULL`;
const NO_VALUE: JsonValue = { has: sql`0`, number: NULL, text: NULL, json: NULL };

/** The value under some nested keys; none under a key that SQLite cannot express. */
export function jsonAt(json: Sql, keys: readonly string[]): JsonValue {
  if (keys.some((key) => /["\\\0]/.test(key))) return NO_VALUE;
  const path = `$${keys.map((key) => `."${key}"`).join('')}`;
  // Only valid JSON is read: otherwise SQLite would fail the whole query for one row.
  const kind = sql`CASE WHEN json_valid(${json}) THEN coalesce(json_type(${json}, ${path}), 'null') ELSE 'null' END`;
  return {
    has: sql`${kind} <> 'null'`,
    number: sql`CASE WHEN ${kind} IN ('integer', 'real') THEN CAST(${json} ->> ${path} AS REAL) END`,
    text: sql`CASE ${kind} WHEN 'text' THEN ${json} ->> ${path} WHEN 'null' THEN NULL ELSE ${json} -> ${path} END`,
    json: sql`CASE WHEN json_valid(${json}) THEN ${json} -> ${path} END`,
  };
}

/** A pattern of `%` and `_` for GLOB, which unlike LIKE respects case. */
const globOf = (pattern: string): string =>
  pattern.replace(/[*?[%_]/g, (sign) => (sign === '%' ? '*' : sign === '_' ? '?' : `[${sign}]`));

/** Whether a text fits a pattern of `%` and `_`, case included. */
export const likeThisCase = (text: Sql, pattern: string): Sql => sql`${text} GLOB ${globOf(pattern)}`;

/** Whether a text fits a pattern of `%` and `_`, whatever the case; a backslash stands for itself. */
export const likeAnyCase = (text: Sql, pattern: string): Sql => sql`fold(${text}) LIKE fold(${pattern})`;
