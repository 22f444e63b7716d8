import type { Text } from '@whorl/core';
import { type Columns, concatColumns, sliceColumns } from './chunk-codec.ts';
import { ColumnCache } from './column-cache.ts';
import { StoreError } from './errors.ts';
import { readableRows } from './readable-rows.ts';
import { SeriesChunks } from './series-chunks.ts';
import { whereWhole, wrongSteps, wrongSummary } from './series-damage.ts';
import { extendSummary, isSummaryOf, type SeriesRow, type SeriesSummary, toSummary } from './series-summary.ts';
import { insertInto, update } from './sql/changes.ts';
import { select, sql } from './sql/compose.ts';
import { anyOf, atHighest, JOIN_IN_ORDER, lastBytes, natural, rowsOf } from './sql/sqlite.ts';
import type { Statements } from './sql/statements.ts';
import { selectAll, TABLES, tableAs } from './sql/tables.ts';
import { checkKey } from './text-limits.ts';

/**
 * New points of one series, the first at position `offset`. Without an offset they are appended, unless the series ends
 * with these very points: a client that got no answer sends them again.
 */
export interface PointBatch extends Columns {
  readonly key: string;
  readonly offset?: number;
}

/** The memory for recently read series: some five million points. */
const CACHE_BYTES = 128 * 2 ** 20;

const { MetricChunk, MetricSeries } = TABLES;
const BY_KEY = sql`ORDER BY ${natural(MetricSeries.key)}, ${MetricSeries.key}`;

/**
 * Metrics as columns: for each metric of a run a summary, and its points in chunks
 * (docs/decisions/0001-metrics-beside-prisma.md).
 */
export class MetricStore {
  readonly #statements: Statements;
  readonly #chunks: SeriesChunks;
  readonly #cache = new ColumnCache(CACHE_BYTES);

  constructor(statements: Statements) {
    this.#statements = statements;
    this.#chunks = new SeriesChunks(statements);
  }

  /**
   * Adds points to a run's series in one transaction. Sending a batch again changes nothing: points whose positions the
   * series already has are skipped.
   * @throws StoreError `conflict` for a batch that would leave a gap; `bad-input` for a step that is not a number
   */
  append(runId: string, batches: readonly PointBatch[]): void {
    this.#statements.write(() => this.add(runId, batches));
  }

  /** The same within a running transaction. */
  add(runId: string, batches: readonly PointBatch[]): void {
    for (const batch of batches) this.#appendOne(runId, batch);
  }

  #appendOne(runId: string, batch: PointBatch): void {
    const row = this.#row(runId, batch.key);
    const known = row?.count ?? 0;
    const { offset = known } = batch;
    if (offset > known) {
      throw new StoreError('conflict', `metric ${batch.key}: expected points from position ${known} on, got ${offset}`);
    }
    const fresh = sliceColumns(batch, known - offset);
    const count = fresh.steps.length;
    checkKey('metric', batch.key);
    const wrong = fresh.steps.find((step) => !Number.isFinite(step));
    if (wrong !== undefined) {
      throw new StoreError('bad-input', `metric ${batch.key}: expected steps that are numbers, got ${wrong}`);
    }
    if (count === 0 || (row && batch.offset === undefined && this.#endsWith(row, fresh))) return;
    const id = row?.id ?? this.#insertSeries(runId, batch.key);
    const summary = { count: known + count, ...extendSummary(row, fresh) };
    this.#statements.run(sql`${update('MetricSeries', summary)} WHERE ${MetricSeries.id} = ${id}`);
    this.#chunks.add(id, known, fresh);
  }

  /** Whether a series ends with these very points; compared only where none of them is later than all of the series. */
  #endsWith(row: SeriesRow, { steps, values, times }: Columns): boolean {
    const from = row.count - steps.length;
    const known = { step: row.lastStep, time: row.lastTime, value: row.last ?? Number.NaN };
    const isNew = (step: number, i: number) =>
      step > known.step || (step === known.step && (times[i] as number) > (known.time ?? Number.POSITIVE_INFINITY));
    if (from < 0 || steps.some(isNew)) return false;
    const end = whereWhole(() => this.#chunks.read(row, from));
    const isSame = (one: Float64Array, other: Float64Array) => one.every((number, i) => Object.is(number, other[i]));
    return end !== null && isSame(steps, end.steps) && isSame(values, end.values) && isSame(times, end.times);
  }

  #row(runId: string, key: string): SeriesRow | undefined {
    const [row] = this.#statements.objects(
      selectAll('MetricSeries')`WHERE ${MetricSeries.runId} = ${runId} AND ${MetricSeries.key} = ${key}`,
    );
    return row as SeriesRow | undefined;
  }

  #insertSeries(runId: string, key: string): number {
    const [id] = this.#statements.column(
      sql<[number]>`${insertInto('MetricSeries', { runId, key, count: 0, lastStep: 0 })} RETURNING id`,
    );
    return id as number;
  }

  /** Joins a run's small chunks into full ones. The points stay the same, and damaged chunks are left as they are. */
  compact(runId: string): void {
    this.#statements.write(() => {
      for (const row of this.#rows(runId)) this.#chunks.join(row);
    });
  }

  #rows(runId: string): SeriesRow[] {
    return this.#statements.objects(
      selectAll('MetricSeries')`WHERE ${MetricSeries.runId} = ${runId} ${BY_KEY}`,
    ) as SeriesRow[];
  }

  /** The summaries of a run's metrics, by key. */
  series(runId: string): SeriesSummary[] {
    return this.#rows(runId).map(toSummary);
  }

  /** How many points of a metric some runs have together. */
  countPoints(runIds: readonly string[], key: string): number {
    const run = rowsOf(runIds, 'j');
    const series = tableAs('MetricSeries', 's');
    const [points = 0] = this.#statements.column(
      select(sql<number>`coalesce(sum(${series.count}), 0)`)`
        FROM ${run} ${JOIN_IN_ORDER} ${series} ON ${series.runId} = ${run.value} AND ${series.key} = ${key}`,
    );
    return points;
  }

  /** The time of a run's last point, in ms since 1970; null where it has none. */
  lastTime(runId: string): number | null {
    // A chunk ends with the time of its last point.
    const ends = this.#statements.column<unknown>(
      select(...atHighest(lastBytes(MetricChunk.data, 8), MetricChunk.index))`
        FROM ${MetricChunk} JOIN ${MetricSeries} ON ${MetricSeries.id} = ${MetricChunk.seriesId}
        WHERE ${MetricSeries.runId} = ${runId} GROUP BY ${MetricChunk.seriesId}`,
    );
    const times = ends.flatMap((end) => (Buffer.isBuffer(end) && end.length === 8 ? [end.readDoubleLE()] : []));
    return times.reduce<number | null>(
      (last, time) => (Number.isFinite(time) ? Math.max(last ?? time, time) : last),
      null,
    );
  }

  /**
   * The summaries of many runs' metrics: by run id, then by key in natural order, or in any order, which takes a tenth
   * of the time.
   * @param onUnreadable is told the runs whose summaries lie on a damaged page
   */
  seriesOf(
    runIds: readonly string[],
    onUnreadable?: (runId: string) => void,
    order: 'natural' | 'any order' = 'natural',
  ): Map<string, SeriesSummary[]> {
    const found = new Map<string, SeriesSummary[]>(runIds.map((id) => [id, []]));
    const rows = readableRows(
      runIds,
      (ids) =>
        this.#statements.objects(
          selectAll(
            'MetricSeries',
          )`WHERE ${MetricSeries.runId} IN ${anyOf(ids)} ${order === 'natural' ? BY_KEY : sql``}`,
        ) as SeriesRow[],
      onUnreadable,
    );
    for (const row of rows) found.get(row.runId)?.push(toSummary(row));
    return found;
  }

  /**
   * The points of a series from position `from` on; empty for an unknown series. The result is shared with later
   * readers and must not be changed.
   * @throws StoreError `damaged` where points are missing or not what was written
   */
  read(runId: string, key: string, from = 0): Columns {
    const row = this.#row(runId, key);
    if (!row || from >= row.count) return concatColumns([]);
    const series = `${runId} ${key}`;
    const held = this.#cache.get(series, row.count);
    if (held) return sliceColumns(held, from);
    const columns = this.#chunks.read(row, from);
    if (from === 0) this.#cache.set(series, columns.steps.length, columns); // there may be more by now, where the run trains
    return columns;
  }

  /** Reads all points of a run's metrics, and reports what is not as written. */
  examine(runId: string): { readonly series: number; readonly points: number; readonly problems: readonly Text[] } {
    const rows = this.#rows(runId);
    const problems: Text[] = [];
    let points = 0;
    for (const row of rows) {
      const columns = whereWhole(
        () => this.#chunks.read(row, 0), // not kept in memory: an examination reads everything once
        ({ said }) => problems.push(said),
      );
      if (columns === null) continue;
      points += columns.steps.length;
      if (!isSummaryOf(row, columns)) problems.push(wrongSummary(row));
      else if (!this.#chunks.areSteps(row)) problems.push(wrongSteps(row));
    }
    return { series: rows.length, points, problems };
  }
}
