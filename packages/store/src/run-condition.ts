import { isSeedParam, REPETITION } from '@whorl/core';
import { RUN } from './field-sql.ts';
import { joinSql, type Sql, sql } from './sql/compose.ts';
import { anyOf, byIndex, jsonAt, likeAnyCase, likeThisCase, sqlDate } from './sql/sqlite.ts';
import { tableAs } from './sql/tables.ts';

// The conditions that programs put on runs: on params by their logged texts, and on metrics by their latest values.
// People's queries are core's `Expression`, which reads a param as a number.

/** What a condition or an order is about. */
export type ConditionField =
  | { readonly kind: 'metric' | 'param' | 'tag'; readonly key: string }
  | {
      readonly kind: 'column';
      readonly key: 'id' | 'name' | 'status' | 'notes' | 'started' | 'ended' | 'artifacts';
    }
  | { readonly kind: 'dataset'; readonly key: 'name' | 'digest' | 'context' };

export type ConditionOperator =
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'like'
  | 'ilike'
  | 'in'
  | 'not in'
  | 'is null'
  | 'is not null';

/**
 * True or false for a run. A comparison with something that the run lacks is false, negated ones included. In `like`,
 * `%` stands for any text and `_` for one character; `ilike` ignores case.
 */
export type RunCondition =
  | { readonly kind: 'and'; readonly terms: readonly RunCondition[] }
  | { readonly kind: 'or'; readonly terms: readonly RunCondition[] }
  | { readonly kind: 'not'; readonly term: RunCondition }
  | {
      readonly kind: 'compare';
      readonly field: ConditionField;
      readonly operator: ConditionOperator;
      /** A number for metrics; ms since 1970 for moments; else a text, or several for lists. */
      readonly value: number | string | readonly string[] | null;
    };

/** The key under which MLflow keeps what a run used its data for. */
export const CONTEXT_KEY = 'mlflow.data.context';

const COLUMNS = {
  id: RUN.id,
  name: RUN.name,
  // A run that MLflow's client has only scheduled has status `running` in the record.
  status: sql`CASE WHEN ${RUN.status} = 'running' AND ${RUN.scheduledAt} IS NOT NULL THEN 'scheduled' ELSE ${RUN.status} END`,
  notes: sql`nullif(${RUN.notes}, '')`,
  started: RUN.startedAt,
  ended: RUN.endedAt,
  artifacts: sql`'mlflow-artifacts:/' || ${RUN.experimentId} || '/' || ${RUN.id} || '/artifacts'`,
} as const;

/** The column of a run's own row for a key. */
export const columnOf = (key: keyof typeof COLUMNS): Sql => COLUMNS[key];

/** A row of a metric, a param or a tag: its table, whether it belongs to the run, and its value. */
export interface KeyedValue {
  readonly from: Sql;
  readonly isOf: Sql;
  readonly value: Sql;
  readonly runId: Sql;
}

/** The row for a key of the run, under the name `alias`. */
export function keyedValue(kind: 'metric' | 'param' | 'tag', key: string, alias: string): KeyedValue {
  if (kind === 'metric') {
    const at = tableAs('MetricSeries', alias);
    const isOf = sql`${at.key} = ${key} AND ${at.runId} = ${RUN.id}`;
    return { from: byIndex(at, 'MetricSeries_key_runId_last_min_max_idx'), isOf, value: at.last, runId: at.runId };
  }
  const table = kind === 'param' ? 'Param' : 'Tag';
  const at = tableAs(table, alias);
  // Where the seed was taken from another param, the row `seed` was not logged, and the chosen param is in that row.
  const wasLogged =
    kind === 'param' && key === REPETITION ? sql`AND coalesce(${RUN.seedParam}, ${key}) = ${key}` : sql``;
  const isKey =
    kind === 'param' && !isSeedParam(key)
      ? sql`${at.key} IN (${key}, ${REPETITION}) AND (${at.key} = ${key} OR ${RUN.seedParam} = ${key})`
      : sql`${at.key} = ${key}`;
  const isOf = sql`${isKey} AND ${at.runId} = ${RUN.id} ${wasLogged}`;
  return { from: byIndex(at, `${table}_key_runId_number_value_idx`), isOf, value: at.value, runId: at.runId };
}

const [TRUE, FALSE] = [sql`1`, sql`0`];

/** Metrics, by key, that the statement has already joined to the run: they need no further lookup. */
export type JoinedMetrics = ReadonlyMap<string, KeyedValue>;

/** The condition in SQL: 0 or 1, never NULL. */
export function conditionSql(condition: RunCondition, joined: JoinedMetrics): Sql {
  const termSql = (term: RunCondition) => conditionSql(term, joined);
  switch (condition.kind) {
    case 'not':
      return sql`NOT ${termSql(condition.term)}`;
    case 'and':
      return condition.terms.length === 0 ? TRUE : joinSql(condition.terms.map(termSql), sql`AND`);
    case 'or':
      return condition.terms.length === 0 ? FALSE : joinSql(condition.terms.map(termSql), sql`OR`);
    case 'compare': {
      const { field, operator, value } = condition;
      if (operator === 'is null') return sql`NOT ${holdsSql(field, joined, () => TRUE)}`;
      if (operator === 'is not null') return holdsSql(field, joined, () => TRUE);
      return holdsSql(field, joined, (found) => comparisonSql(field, found, operator, value));
    }
  }
}

/** The run has the field, and the condition holds for its value. */
function holdsSql(field: ConditionField, joined: JoinedMetrics, condition: (value: Sql) => Sql): Sql {
  if (field.kind === 'column') {
    const value = COLUMNS[field.key];
    return sql`(${value} IS NOT NULL AND (${condition(value)}) IS TRUE)`;
  }
  if (field.kind === 'dataset') {
    const [input, dataset] = [tableAs('DatasetInput', 'i'), tableAs('LoggedDataset', 'd')];
    const value = field.key === 'context' ? jsonAt(input.tags, [CONTEXT_KEY]).text : dataset[field.key];
    return sql`EXISTS (SELECT 1 FROM ${input} JOIN ${dataset} ON ${dataset.id} = ${input.datasetId}
      WHERE ${input.runId} = ${RUN.id} AND ${value} IS NOT NULL AND ${condition(value)})`;
  }
  const beside = field.kind === 'metric' ? joined.get(field.key) : undefined;
  if (beside) return sql`(${beside.runId} IS NOT NULL AND (${condition(beside.value)}) IS TRUE)`;
  const { from, isOf, value } = keyedValue(field.kind, field.key, 't');
  return sql`EXISTS (SELECT 1 FROM ${from} WHERE ${isOf} AND ${condition(value)})`;
}

const ORDERS = { '=': sql`=`, '<': sql`<`, '<=': sql`<=`, '>': sql`>`, '>=': sql`>=` } as const;

const isMoment = (field: ConditionField): boolean =>
  field.kind === 'column' && (field.key === 'started' || field.key === 'ended');

function comparisonSql(field: ConditionField, found: Sql, operator: ConditionOperator, value: unknown): Sql {
  switch (operator) {
    case '!=':
      return sql`(${comparisonSql(field, found, '=', value)}) IS NOT TRUE`; // NaN equals nothing
    case 'not in':
      return sql`NOT ${comparisonSql(field, found, 'in', value)}`;
    case 'in':
      return sql`(${found} IN ${anyOf(value as readonly string[])})`;
    case 'like':
      return likeThisCase(found, String(value));
    case 'ilike':
      return likeAnyCase(found, String(value));
    case 'is null':
    case 'is not null':
      return TRUE;
    default: {
      const compared = isMoment(field) ? momentSql(Number(value)) : sql`${value as string | number}`;
      return sql`${found} ${ORDERS[operator]} ${compared}`;
    }
  }
}

const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** A moment in the form of the database, in whole ms; moments beyond its range sort before or after all others. */
function momentSql(ms: number): Sql {
  if (Number.isNaN(ms)) return sql`NULL`;
  if (ms > LAST_MS) return sql`${'~'}`;
  if (ms < 0) return sql`${''}`;
  return sql`${Number.isInteger(ms) ? sqlDate(ms) : `${sqlDate(Math.floor(ms))}~`}`;
}
