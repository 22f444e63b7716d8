import { isSeedParam, REPETITION } from '@whorl/core';
import type { MetricStore } from './metrics.ts';
import { readableRows } from './readable-rows.ts';
import { RowReader } from './row-reader.ts';
import type { SeriesSummary } from './series-summary.ts';
import { type Sql, select, sql } from './sql/compose.ts';
import { anyOf } from './sql/sqlite.ts';
import type { Statements } from './sql/statements.ts';
import { selectAll, TABLES, type Table } from './sql/tables.ts';

/** A key and its text, as logged. */
export type KeyedText = readonly [key: string, value: string];

/** A run as programs read it back: params are the logged texts, ordered by key. */
export interface PlainRun {
  readonly id: string;
  readonly experimentId: string;
  readonly name: string;
  readonly status: string;
  /** Whether the program says that the run, running in the record, has not begun. */
  readonly isScheduled: boolean;
  readonly notes: string;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly isArchived: boolean;
  readonly params: readonly KeyedText[];
  readonly tags: readonly KeyedText[];
  readonly series: readonly SeriesSummary[];
}

type Pair = readonly [runId: string, key: string, value: string];

const { Param, Run, Tag } = TABLES;

/** The keys and texts of some runs; values that became numbers are read as texts. */
const textsOf = (table: Table<'Param'> | Table<'Tag'>, runIds: readonly string[]): Sql<Pair> => {
  const { runId, key, value } = table;
  return select(runId, key, sql<string>`CAST(${value} AS TEXT)`)`
    FROM ${table} WHERE ${runId} IN ${anyOf(runIds)} ORDER BY ${runId}, ${key}`;
};

/** The runs with these ids, in order; unknown ids are left out. */
export function readPlainRuns(statements: Statements, metrics: MetricStore, ids: readonly string[]): PlainRun[] {
  const rows = readableRows(ids, (some) => statements.objects(selectAll('Run')`WHERE ${Run.id} IN ${anyOf(some)}`));
  const byId = new Map(rows.map((row) => [row.id, new RowReader(row)]));
  const known = ids.filter((id) => byId.has(id));
  const params = byRun(statements.rows(textsOf(Param, known)));
  const tags = byRun(statements.rows(textsOf(Tag, known)));
  const series = metrics.seriesOf(known, undefined, 'any order');
  return known.map((id) => {
    const reader = byId.get(id) as RowReader;
    const seedParam = reader.textOrNull('seedParam') ?? REPETITION;
    return {
      id,
      experimentId: reader.text('experimentId'),
      name: reader.text('name'),
      status: reader.text('status'),
      isScheduled: reader.text('status') === 'running' && reader.dateOrNull('scheduledAt') !== null,
      notes: reader.text('notes'),
      createdAt: reader.date('createdAt'),
      startedAt: reader.dateOrNull('startedAt'),
      endedAt: reader.dateOrNull('endedAt'),
      isArchived: reader.dateOrNull('archivedAt') !== null,
      params: asLogged(params.get(id) ?? [], seedParam),
      tags: tags.get(id) ?? [],
      series: series.get(id) ?? [],
    };
  });
}

/** The params as logged: where the seed was taken from another param, the row `seed` is Whorl's own. */
function asLogged(params: readonly KeyedText[], seedParam: string): readonly KeyedText[] {
  if (seedParam === REPETITION) return params;
  if (isSeedParam(seedParam)) return params.filter(([key]) => key !== REPETITION);
  return params
    .map(([key, value]): KeyedText => [key === REPETITION ? seedParam : key, value])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function byRun(pairs: readonly Pair[]): Map<string, KeyedText[]> {
  const found = new Map<string, KeyedText[]>();
  for (const [runId, key, value] of pairs) {
    const of = found.get(runId);
    if (of) of.push([key, value]);
    else found.set(runId, [[key, value]]);
  }
  return found;
}
