import { StoreError } from './errors.ts';
import { RUN } from './field-sql.ts';
import {
  type ConditionField,
  columnOf,
  conditionSql,
  type KeyedValue,
  keyedValue,
  type RunCondition,
} from './run-condition.ts';
import { joinSql, listSql, type Sql, sql } from './sql/compose.ts';
import { anyOf } from './sql/sqlite.ts';
import type { Statements } from './sql/statements.ts';

export interface RunSearch {
  readonly experimentIds: readonly string[];
  readonly where?: RunCondition | null;
  /** True: only archived runs; false: only others; left out: all. */
  readonly archived?: boolean | undefined;
  /** Where all is equal, the latest start comes first, then the id decides. */
  readonly order?: readonly { readonly field: ConditionField; readonly descending: boolean }[];
  /** Where the page before ended: its `next`. */
  readonly after?: RunPlace | null;
  readonly limit: number;
}

/** The place of a run in an order: for each field a rank and the value, then the start and the id. */
export type RunPlace = readonly (number | string | null)[];

export interface FoundRuns {
  readonly ids: string[];
  /** Null at the end. */
  readonly next: RunPlace | null;
}

/** What rows are ordered by: the rank of a value (present, NaN, missing), or the value. */
interface Sorted {
  readonly value: Sql;
  readonly descending: boolean;
}

/**
 * Runs of some experiments, by page. A page begins after the place where the one before ended, not after so many runs:
 * runs that arrive meanwhile make none appear twice and none be left out.
 */
export function searchRuns(
  statements: Statements,
  { experimentIds, where, archived, order = [], after, limit }: RunSearch,
): FoundRuns {
  const joins: Sql[] = [];
  const joined = new Map<string, KeyedValue>();
  const sorted = order.flatMap(({ field, descending }, i) => sortedBy(field, descending, `s${i}`, joins, joined));
  sorted.push({ value: sql`coalesce(${RUN.startedAt}, '')`, descending: true }, { value: RUN.id, descending: false });
  const conditions = [sql`${RUN.experimentId} IN ${anyOf(experimentIds)}`];
  if (archived !== undefined) conditions.push(sql`(${RUN.archivedAt} IS NOT NULL) = ${archived ? 1 : 0}`);
  if (where) conditions.push(conditionSql(where, joined));
  if (after) conditions.push(behind(sorted, after));
  const rows = statements.rows(
    sql<
      (number | string | null)[]
    >`SELECT ${listSql(sorted.map(({ value }) => value))} FROM ${RUN} ${listSql(joins, ' ')}
      WHERE ${joinSql(conditions, sql`AND`)} ORDER BY ${listSql(sorted.map(orderSql))} LIMIT ${limit + 1}`,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { ids: shown.map((row) => row.at(-1) as string), next: rows.length > limit && last ? last : null };
}

const orderSql = ({ value, descending }: Sorted): Sql => (descending ? sql`${value} DESC` : sql`${value} ASC`);

/** Values come before NaN, and NaN before missing values, in either direction. */
function sortedBy(
  field: ConditionField,
  descending: boolean,
  alias: string,
  joins: Sql[],
  joined: Map<string, KeyedValue>,
): Sorted[] {
  if (field.kind === 'metric' || field.kind === 'param' || field.kind === 'tag') {
    const keyed = keyedValue(field.kind, field.key, alias);
    const { from, isOf, value, runId } = keyed;
    if (field.kind === 'metric') joined.set(field.key, keyed);
    joins.push(sql`LEFT JOIN ${from} ON ${isOf}`);
    const rank = sql`CASE WHEN ${runId} IS NULL THEN 2 WHEN ${value} IS NULL THEN 1 ELSE 0 END`;
    return [
      { value: rank, descending: false },
      { value, descending },
    ];
  }
  if (field.kind !== 'column' || field.key === 'notes') {
    throw new StoreError('bad-input', `order: runs have no order by ${field.kind} ${field.key}`);
  }
  const value = columnOf(field.key);
  return [
    { value: sql`${value} IS NULL`, descending: false },
    { value, descending },
  ];
}

/** Whether a run comes after a place. @throws StoreError `bad-input` for a place of another order */
function behind(sorted: readonly Sorted[], place: RunPlace): Sql {
  if (place.length !== sorted.length) throw new StoreError('bad-input', 'the place is of another order');
  return sorted.reduceRight<Sql | null>((rest, { value, descending }, i) => {
    const at = place[i] ?? null;
    const beyond = descending ? sql`${value} < ${at}` : sql`${value} > ${at}`;
    return rest === null ? beyond : sql`(${beyond} OR (${value} IS ${at} AND ${rest}))`;
  }, null) as Sql;
}
