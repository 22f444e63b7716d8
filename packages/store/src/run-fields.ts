import {
  ATTRIBUTES,
  type Cell,
  type Field,
  type FieldInfo,
  formatField,
  MOST_DISTINCT,
  naturalOrder,
  withoutPaths,
} from '@whorl/core';
import { LRUCache } from 'lru-cache';
import { keyedRows, type Reading, RUN, readRow } from './field-sql.ts';
import { MemoizedReads } from './memoized-reads.ts';
import { RowReader } from './row-reader.ts';
import type { RunSelection } from './run-selection.ts';
import { fromScope, selectedSql } from './run-table.ts';
import { COUNT, type Sql, select, sql } from './sql/compose.ts';
import { JOIN_IN_ORDER } from './sql/sqlite.ts';
import type { Statements } from './sql/statements.ts';
import { tableAs } from './sql/tables.ts';

const MOST_VALUES = 20;
/** Nobody would choose a longer key from a list. */
const MOST_KEY = 1_000;
const MOST_KEPT = 8;

const NULL = sql<null>`NULL`;
const ANY_ROW: Field = { kind: 'environment', key: '' };

/** The runs whose fields are listed; queries then select among them. */
export type FieldsOf = Pick<RunSelection, 'scope' | 'archived' | 'texts'>;

/** A metric that some run has. */
export interface MetricKey {
  readonly key: string;
  /** Whether some run has more than one point of it. */
  readonly isCurve: boolean;
}

/** The fields of the runs of a scope, from which to choose columns and complete queries. */
export class RunFields {
  readonly #statements: Statements;
  readonly #kept: MemoizedReads<readonly FieldInfo[]>;
  readonly #keptMetrics: MemoizedReads<readonly MetricKey[]>;
  /**
   * The fields of configs, by the ids of their runs. A config never changes: for the same runs the fields are the same,
   * whatever a training run writes meanwhile.
   */
  readonly #params = new LRUCache<string, readonly FieldInfo[]>({ max: MOST_KEPT });

  constructor(statements: Statements) {
    this.#statements = statements;
    this.#kept = new MemoizedReads(statements, MOST_KEPT);
    this.#keptMetrics = new MemoizedReads(statements, MOST_KEPT);
  }

  /**
   * The fields that at least one of the runs has, counted again only after a change. A metric is listed once, by its
   * last value; its lowest and highest are implied.
   */
  list({ scope, archived, texts = 'whole' }: FieldsOf): readonly FieldInfo[] {
    const of: FieldsOf = { scope, archived, texts };
    return this.#statements.read(() => this.#kept.get(JSON.stringify(of), () => this.#count(of)));
  }

  /**
   * The fields that tell configurations apart: `id`, which every run has, and the params. Metrics, of which some runs
   * have thousands, are not counted.
   */
  params({ scope, archived, texts = 'whole' }: FieldsOf): readonly FieldInfo[] {
    const of: FieldsOf = { scope, archived, texts };
    const count = () => [...this.#countEach(of, [{ kind: 'attribute', key: 'id' }]), ...this.#countParams(of)];
    return this.#statements.read(() => this.#kept.get(`params of ${JSON.stringify(of)}`, count));
  }

  /** The metrics that at least one of the runs has, in natural order, and whether they form a curve. */
  metrics({ scope, archived, texts = 'whole' }: FieldsOf): readonly MetricKey[] {
    const of: FieldsOf = { scope, archived, texts };
    return this.#statements.read(() => this.#keptMetrics.get(JSON.stringify(of), () => this.#metrics(of)));
  }

  #metrics(of: FieldsOf): MetricKey[] {
    const series = tableAs('MetricSeries', 't');
    const found = this.#statements.rows(
      select(series.key, sql<number>`max(${series.count})`)`
        ${fromScope(of.scope)} ${JOIN_IN_ORDER} ${series} ON ${series.runId} = ${RUN.id}
        WHERE ${selectedSql(of)} GROUP BY 1`,
    );
    return found
      .filter(([key]) => key.length <= MOST_KEY && isShown(key, of))
      .map(([key, count]) => ({ key, isCurve: count > 1 }))
      .sort((a, b) => naturalOrder(a.key, b.key));
  }

  #count(of: FieldsOf): FieldInfo[] {
    const attributes = ATTRIBUTES.map((key): Field => ({ kind: 'attribute', key }));
    const metrics = this.#keys(of, 'MetricSeries').map((key): Field => ({ kind: 'metric', key, part: 'last' }));
    const tags = this.#keys(of, 'Tag').map((key): Field => ({ kind: 'tag', key }));
    return [
      ...this.#countEach(of, attributes),
      ...this.#countParams(of),
      ...this.#countEach(of, [...metrics, ...tags]),
      ...this.#environment(of),
    ];
  }

  #countParams(of: FieldsOf): readonly FieldInfo[] {
    const members = this.#statements
      .column(select(RUN.id)`${fromScope(of.scope)} WHERE ${selectedSql(of)} ORDER BY 1`)
      .join();
    const key = `${of.texts} ${members}`;
    const known = this.#params.get(key);
    if (known) return known;
    const params = this.#keys(of, 'Param').map((name): Field => ({ kind: 'param', key: name }));
    const fields = this.#countEach(of, params);
    this.#params.set(key, fields);
    return fields;
  }

  #keys(of: FieldsOf, table: 'MetricSeries' | 'Param' | 'Tag'): string[] {
    const at = tableAs(table, 't');
    return this.#statements
      .column(
        select(sql<string>`DISTINCT ${at.key}`)`
          ${fromScope(of.scope)} ${JOIN_IN_ORDER} ${at} ON ${at.runId} = ${RUN.id} WHERE ${selectedSql(of)}`,
      )
      .filter((key) => key.length <= MOST_KEY && isShown(key, of))
      .sort(naturalOrder);
  }

  #countEach(of: FieldsOf, fields: readonly Field[]): FieldInfo[] {
    return fields.flatMap((field) => this.#countOne(of, field) ?? []);
  }

  #countOne(of: FieldsOf, field: Field): FieldInfo | null {
    const { texts = 'whole' } = of;
    const keyed = keyedRows(field, 't', texts);
    const reading = keyed?.reading ?? readRow(field, texts);
    const join = keyed ? sql`${JOIN_IN_ORDER} ${keyed.from} ON ${keyed.isOf(RUN.id)}` : sql``;
    const rows = sql`${fromScope(of.scope, [field])} ${join} WHERE ${selectedSql(of)} AND ${reading.has}`;
    const isFew = this.#isFew(reading, rows);
    const found = isFew ? this.#countValues(field, reading, rows) : this.#countRuns(reading, rows);
    if (found.runs === 0) return null;
    const { runs, numbers, min, max, values } = found;
    const kind = reading.nan || numbers === runs ? 'number' : numbers === 0 ? 'text' : 'mixed';
    return {
      field: formatField(field),
      kind,
      runs,
      distinct: isFew ? values.length : MOST_DISTINCT + 1,
      values: values.slice(0, MOST_VALUES),
      ...extent(min, max),
    };
  }

  /** Whether a field has few different values. A measured number has a new one in each run, which soon shows. */
  #isFew({ number, text, date }: Reading, rows: Sql): boolean {
    const values = sql`SELECT DISTINCT ${date ?? number ?? NULL}, ${date ? NULL : (text ?? NULL)} ${rows} LIMIT ${MOST_DISTINCT + 1}`;
    const [distinct = 0] = this.#statements.column(select(COUNT)`FROM (${values})`);
    return distinct <= MOST_DISTINCT;
  }

  #countRuns({ number }: Reading, rows: Sql): Counts {
    const value = number ?? NULL;
    const [counts] = this.#statements.rows(
      select(
        COUNT,
        sql<number>`count(${value})`,
        sql<number | null>`min(${value})`,
        sql<number | null>`max(${value})`,
      )`${rows}`,
    );
    const [runs, numbers, min, max] = counts ?? [0, 0, null, null];
    return { runs, numbers, min, max, values: [] };
  }

  /** Counts a field with its values, the most frequent first. */
  #countValues(field: Field, { number, text }: Reading, rows: Sql): Counts {
    const found = this.#statements.rows(
      select(number ?? NULL, text ?? NULL, COUNT)`${rows} GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`,
    );
    const sum = (counts: typeof found) => counts.reduce((total, [, , runs]) => total + runs, 0);
    const numeric = found.filter(([value]) => value !== null);
    const numbers = numeric.map(([value]) => value as number);
    return {
      runs: sum(found),
      numbers: sum(numeric),
      min: numbers.length === 0 ? null : Math.min(...numbers),
      max: numbers.length === 0 ? null : Math.max(...numbers),
      values: found.map(([asNumber, asText]) =>
        field.kind === 'tag' ? (asText ?? Number.NaN) : (asNumber ?? asText ?? Number.NaN),
      ),
    };
  }

  /** The leaves of the runs' environments. Many runs share one: each is read once. */
  #environment(of: FieldsOf): FieldInfo[] {
    const counts = new Map<string, Map<Cell, number>>();
    const environments = this.#statements.rows(
      select(RUN.environment, COUNT)`${fromScope(of.scope, [ANY_ROW])} WHERE ${selectedSql(of)} GROUP BY 1`,
    );
    for (const [json, runs] of environments) {
      for (const [path, leaf] of leaves(new RowReader({ json }).object('json'))) {
        if (!isShown(path, of)) continue;
        const value = typeof leaf === 'string' && of.texts !== 'whole' ? withoutPaths(leaf) : leaf;
        const values = counts.get(path) ?? new Map<Cell, number>();
        counts.set(path, values.set(value, (values.get(value) ?? 0) + runs));
      }
    }
    return [...counts].sort(([a], [b]) => naturalOrder(a, b)).map(([key, values]) => infoOf(key, values));
  }
}

/** Whether a key may be listed: a key that is a path tells where files are, and shortened it would be another key. */
const isShown = (key: string, { texts }: FieldsOf): boolean => texts === 'whole' || withoutPaths(key) === key;

/** Counts over the runs that have a field: how many, how many with a number, and the values where these are few. */
interface Counts {
  readonly runs: number;
  readonly numbers: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly values: readonly Cell[];
}

const extent = (min: number | null, max: number | null) => (min === null || max === null ? {} : { min, max });

/**
 * The leaves of a JSON object by their dotted paths, without keys that no path can express; a list is its JSON text.
 */
function* leaves(value: unknown, path = ''): Generator<[string, Cell]> {
  if (value === null || value === undefined || path.length > MOST_KEY) return;
  if (typeof value !== 'object') yield [path, value as Cell];
  else if (Array.isArray(value)) yield [path, JSON.stringify(value)];
  else {
    for (const [key, child] of Object.entries(value)) {
      if (!/[".\\\0]/.test(key)) yield* leaves(child, path === '' ? key : `${path}.${key}`);
    }
  }
}

function infoOf(key: string, counts: ReadonlyMap<Cell, number>): FieldInfo {
  const byCount = [...counts].sort(([, a], [, b]) => b - a);
  const numbers = byCount.flatMap(([value]) => (typeof value === 'number' ? [value] : []));
  const ends =
    numbers.length === 0
      ? {}
      : { min: numbers.reduce((a, b) => Math.min(a, b)), max: numbers.reduce((a, b) => Math.max(a, b)) };
  return {
    field: formatField({ kind: 'environment', key }),
    kind: numbers.length === counts.size ? 'number' : numbers.length === 0 ? 'text' : 'mixed',
    runs: byCount.reduce((sum, [, runs]) => sum + runs, 0),
    distinct: Math.min(counts.size, MOST_DISTINCT + 1),
    values: counts.size > MOST_DISTINCT ? [] : byCount.slice(0, MOST_VALUES).map(([value]) => value),
    ...ends,
  };
}
