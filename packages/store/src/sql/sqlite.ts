import { ITSELF, type Source, type Sql, sql } from './compose.ts';
import { nameSql } from './tables.ts';

// What SQLite says in words of its own. Another database needs this module, `functions.ts` and `statements.ts` anew, and
// none that asks: docs/decisions/0001-metrics-beside-prisma.md

/** A moment as the database holds it: texts that sort as the moments do. */
export const sqlDate = (ms: number): string => new Date(ms).toISOString().replace('Z', '+00:00');

/** A moment as ISO 8601 writes it. */
export const isoText = (moment: Sql): Sql<string> => sql`replace(${moment}, '+00:00', 'Z')`;

/** The texts, to follow IN. They are bound as one, so that a statement is the same one for any number of them. */
export const anyOf = (texts: readonly string[]): Sql => sql`(SELECT value FROM json_each(${JSON.stringify(texts)}))`;

/** Texts as rows, each with its position among them. */
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

/** A table that is walked by this index, whatever the planner thinks. */
export const byIndex = (table: Source, index: string): Sql => sql`${table} INDEXED BY ${nameSql(index)}`;

/** A JOIN that goes through the tables in the order in which they are written. */
export const JOIN_IN_ORDER: Sql = sql`CROSS JOIN`;

/** Whether two values are the same: a NULL is the same as a NULL. */
export const isSame = (a: Sql, b: string | null): Sql => sql`${a} IS ${b}`;

/** Of each group the value in the row where `order` is highest, and that. */
export const atHighest = <T>(value: Sql<T>, order: Sql): readonly [Sql<T>, Sql] =>
  // SQLite gives the row that has the maximum.
  [value, sql`max(${order})`];

/** The last bytes of a blob. */
export const lastBytes = (blob: Sql, bytes: number): Sql<Buffer> => sql`substr(${blob}, -${bytes})`;

/** Whether a part is somewhere in a text, in small or capital letters. */
export const mentions = (text: Sql, part: string): Sql => sql`instr(fold(${text}), fold(${part})) > 0`;

/**
 * A text for LIKE. One of ASCII alone, whose case LIKE folds, is spared the call into JavaScript, which takes longer than
 * all else.
 */
export const likeable = (text: Sql): Sql =>
  sql`CASE WHEN length(${text}) = octet_length(${text}) THEN ${text} ELSE fold(${text}) END`;

/** Whether a text fits a pattern of `%` and `_`, in small or capital letters. */
export const isLike = (text: Sql, pattern: string): Sql => sql`${text} LIKE fold_pattern(${pattern}) ESCAPE '\\'`;

/** What sorts a text as people do. */
export const natural = (text: Sql): Sql<string> => sql`natural(${text})`;

/** A text without the paths in it. Few have one: the others are spared the call into JavaScript. */
export const pathless = (text: Sql): Sql<string> =>
  sql`CASE WHEN instr(${text}, '/') + instr(${text}, '\\') > 0 THEN without_paths(${text}) ELSE ${text} END`;

/** A moment by the clocks of a zone. */
export const inZone = (moment: Sql, timeZone: string): Sql<string> => sql`in_zone(${moment}, ${timeZone})`;

/** A value in a text of JSON; each is NULL where the text is no JSON, and where there is no such value. */
export interface JsonValue {
  readonly has: Sql;
  readonly number: Sql<number | null>;
  /** What is neither a number nor a text is its JSON. */
  readonly text: Sql<string | null>;
  readonly json: Sql<string | null>;
}

const NULL = sql<null>`NULL`;
const NO_VALUE: JsonValue = { has: sql`0`, number: NULL, text: NULL, json: NULL };

/** What lies under some keys, each in the one before. Under a key that SQLite cannot say there is nothing. */
export function jsonAt(json: Sql, keys: readonly string[]): JsonValue {
  if (keys.some((key) => /["\\\0]/.test(key))) return NO_VALUE;
  const path = `$${keys.map((key) => `."${key}"`).join('')}`;
  // Of what is no JSON nothing is asked: SQLite would refuse the whole question for one such row.
  const kind = sql`CASE WHEN json_valid(${json}) THEN coalesce(json_type(${json}, ${path}), 'null') ELSE 'null' END`;
  return {
    has: sql`${kind} <> 'null'`,
    number: sql`CASE WHEN ${kind} IN ('integer', 'real') THEN CAST(${json} ->> ${path} AS REAL) END`,
    text: sql`CASE ${kind} WHEN 'text' THEN ${json} ->> ${path} WHEN 'null' THEN NULL ELSE ${json} -> ${path} END`,
    json: sql`CASE WHEN json_valid(${json}) THEN ${json} -> ${path} END`,
  };
}

/** A pattern of `%` and `_` for GLOB, which minds the case, as LIKE does not. */
const globOf = (pattern: string): string =>
  pattern.replace(/[*?[%_]/g, (sign) => (sign === '%' ? '*' : sign === '_' ? '?' : `[${sign}]`));

/** Whether a text fits a pattern of `%` and `_`, letter by letter. */
export const likeThisCase = (text: Sql, pattern: string): Sql => sql`${text} GLOB ${globOf(pattern)}`;

/** Whether a text fits a pattern of `%` and `_` in which a backslash is one, in small or capital letters. */
export const likeAnyCase = (text: Sql, pattern: string): Sql => sql`fold(${text}) LIKE fold(${pattern})`;
