import type Database from 'better-sqlite3';
import { type Columns, concatColumns, decodeChunk, encodeChunk, sliceColumns } from './chunk-codec.ts';
import { ColumnCache } from './column-cache.ts';
import { explainSqlite, StoreError } from './errors.ts';

/** The summary of one metric in one run. `last`, `min` and `max` are NaN where every value was. */
export interface SeriesSummary {
  readonly key: string;
  readonly count: number;
  readonly lastStep: number;
  readonly last: number;
  readonly min: number;
  readonly minStep: number | null;
  readonly max: number;
  readonly maxStep: number | null;
}

/** New points of one series, the first of them at position `offset` of the series. */
export interface Batch extends Columns {
  readonly key: string;
  readonly offset: number;
}

/** What is held of the series that were read last: some five million points. */
const CACHE_BYTES = 128 * 2 ** 20;

/** Most points in a chunk. */
export const CHUNK_POINTS = 4096;

interface SeriesRow {
  id: number;
  key: string;
  count: number;
  lastStep: number;
  last: number | null;
  min: number | null;
  minStep: number | null;
  max: number | null;
  maxStep: number | null;
}

interface ChunkRow {
  index: number;
  data: Buffer;
}

/**
 * Metrics as columns. This is the one place beside the migrations that speaks SQL and not Prisma: a row a point
 * through Prisma is 600 times slower, and its JSON protocol has no NaN.
 */
export class MetricStore {
  readonly #db: Database.Database;
  readonly #file: string;
  readonly #cache = new ColumnCache(CACHE_BYTES);
  #seriesOf: Database.Statement<[string, string], SeriesRow> | undefined;

  constructor(db: Database.Database, file: string) {
    this.#db = db;
    this.#file = file;
  }

  /**
   * Adds points to a run's series in one transaction. Sending a batch again changes nothing: points that the series
   * already has, by their position, are skipped.
   * @throws StoreError `conflict` for a batch that would leave a gap, `disk-full`
   */
  append(runId: string, batches: readonly Batch[]): void {
    try {
      this.#db
        .transaction(() => {
          for (const batch of batches) this.#appendOne(runId, batch);
        })
        .immediate();
    } catch (error) {
      throw explainSqlite(error, this.#file);
    }
  }

  #appendOne(runId: string, batch: Batch): void {
    const row = this.#row(runId, batch.key);
    const known = row?.count ?? 0;
    if (batch.offset > known) {
      throw new StoreError(
        'conflict',
        `metric ${batch.key}: expected points from position ${known} on, got ${batch.offset}`,
      );
    }
    const fresh = sliceColumns(batch, known - batch.offset);
    const count = fresh.steps.length;
    if (count === 0) return;
    const summary = extend(row, fresh);
    const id = row?.id ?? this.#insertSeries(runId, batch.key);
    this.#db
      .prepare(
        'UPDATE MetricSeries SET count = ?, lastStep = ?, last = ?, min = ?, minStep = ?, max = ?, maxStep = ? WHERE id = ?',
      )
      .run(
        known + count,
        summary.lastStep,
        summary.last,
        summary.min,
        summary.minStep,
        summary.max,
        summary.maxStep,
        id,
      );
    for (let at = 0; at < count; at += CHUNK_POINTS) {
      this.#insertChunk(id, known + at, sliceColumns(fresh, at, at + CHUNK_POINTS));
    }
  }

  #row(runId: string, key: string): SeriesRow | undefined {
    // Kept prepared: a chart of a hundred runs asks a hundred times.
    this.#seriesOf ??= this.#db.prepare('SELECT * FROM MetricSeries WHERE runId = ? AND key = ?');
    return this.#seriesOf.get(runId, key);
  }

  #insertSeries(runId: string, key: string): number {
    const { lastInsertRowid } = this.#db
      .prepare('INSERT INTO MetricSeries (runId, key, count, lastStep) VALUES (?, ?, 0, 0)')
      .run(runId, key);
    return Number(lastInsertRowid);
  }

  #insertChunk(seriesId: number, index: number, columns: Columns): void {
    const { steps } = columns;
    // A resumed run goes back: its chunk's first and last steps are not those of the first and last point.
    const lowest = steps.reduce((least, step) => Math.min(least, step), Number.POSITIVE_INFINITY);
    const highest = steps.reduce((most, step) => Math.max(most, step), Number.NEGATIVE_INFINITY);
    this.#db
      .prepare(
        'INSERT INTO MetricChunk (seriesId, "index", firstStep, lastStep, count, data) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(seriesId, index, lowest, highest, steps.length, encodeChunk(columns));
  }

  /** Joins a run's small chunks into full ones. The points stay what they were. */
  compact(runId: string): void {
    try {
      this.#db
        .transaction(() => {
          for (const row of this.#rows(runId)) {
            const { id, count } = row;
            const chunks = this.#db
              .prepare('SELECT count(*) FROM MetricChunk WHERE seriesId = ?')
              .pluck()
              .get(id) as number;
            if (chunks <= Math.ceil(count / CHUNK_POINTS)) continue;
            const all = this.#readFrom(row, 0); // and not held: nobody reads it after its run
            this.#db.prepare('DELETE FROM MetricChunk WHERE seriesId = ?').run(id);
            for (let at = 0; at < count; at += CHUNK_POINTS)
              this.#insertChunk(id, at, sliceColumns(all, at, at + CHUNK_POINTS));
          }
        })
        .immediate();
    } catch (error) {
      throw explainSqlite(error, this.#file);
    }
  }

  #rows(runId: string): SeriesRow[] {
    return this.#db
      .prepare<[string], SeriesRow>('SELECT * FROM MetricSeries WHERE runId = ? ORDER BY natural(key), key')
      .all(runId);
  }

  /** The summaries of a run's metrics, by key. */
  series(runId: string): SeriesSummary[] {
    return this.#rows(runId).map(toSummary);
  }

  /** How many points of a metric some runs have. */
  countPoints(runIds: readonly string[], key: string): number {
    return this.#db
      .prepare(`SELECT total(s.count) FROM json_each(?) j CROSS JOIN MetricSeries s ON s.runId = j.value AND s.key = ?`)
      .pluck()
      .get(JSON.stringify(runIds), key) as number;
  }

  /** When the last point of a run was measured, in ms since 1970; null where it has none. */
  lastTime(runId: string): number | null {
    // A chunk ends with the time of its last point. SQLite gives the row that has the maximum.
    const ends = this.#db
      .prepare<[string], Buffer>(
        `SELECT substr(data, -8), max("index") FROM MetricChunk JOIN MetricSeries ON MetricSeries.id = MetricChunk.seriesId
         WHERE runId = ? GROUP BY seriesId`,
      )
      .pluck()
      .all(runId) as unknown as Buffer[];
    const times = ends.filter((end) => end.length === 8).map((end) => end.readDoubleLE());
    return times.reduce<number | null>(
      (last, time) => (Number.isFinite(time) ? Math.max(last ?? time, time) : last),
      null,
    );
  }

  /** The summaries of many runs' metrics: by run id, then in order of key. */
  seriesOf(runIds: readonly string[]): Map<string, SeriesSummary[]> {
    const found = new Map<string, SeriesSummary[]>(runIds.map((id) => [id, []]));
    const rows = this.#db
      .prepare<[string], SeriesRow & { runId: string }>(
        'SELECT * FROM MetricSeries WHERE runId IN (SELECT value FROM json_each(?)) ORDER BY natural(key), key',
      )
      .all(JSON.stringify(runIds));
    for (const row of rows) found.get(row.runId)?.push(toSummary(row));
    return found;
  }

  /**
   * The points of a series from position `from` on; none where the run has no such series. They are shared with who
   * reads them next: not to be changed.
   */
  read(runId: string, key: string, from = 0): Columns {
    const row = this.#row(runId, key);
    if (!row || from >= row.count) return concatColumns([]);
    const series = `${runId} ${key}`;
    const held = this.#cache.get(series, row.count);
    if (held) return sliceColumns(held, from);
    const columns = this.#readFrom(row, from);
    if (from === 0) this.#cache.set(series, columns.steps.length, columns); // more by now, where its run trains
    return columns;
  }

  #readFrom(row: SeriesRow, from: number): Columns {
    const chunks = this.#db
      .prepare<[number, number, number], ChunkRow>(
        `SELECT "index", data FROM MetricChunk WHERE seriesId = ? AND "index" >=
           (SELECT max("index") FROM MetricChunk WHERE seriesId = ? AND "index" <= ?) ORDER BY "index"`,
      )
      .all(row.id, row.id, from);
    const first = chunks[0]?.index ?? from;
    return sliceColumns(concatColumns(chunks.map((chunk) => decodeChunk(chunk.data))), from - first);
  }

  /** The points of a series from one step to another, both included, in the order in which they were recorded. */
  readRange(runId: string, key: string, fromStep: number, toStep: number): Columns {
    const row = this.#row(runId, key);
    if (!row) return concatColumns([]);
    const chunks = this.#db
      .prepare<[number, number, number], Buffer>(
        'SELECT data FROM MetricChunk WHERE seriesId = ? AND firstStep <= ? AND lastStep >= ? ORDER BY "index"',
      )
      .pluck()
      .all(row.id, toStep, fromStep);
    return concatColumns(chunks.map((data) => within(decodeChunk(data as unknown as Buffer), fromStep, toStep)));
  }
}

/** The points whose step is in the range. */
function within(columns: Columns, fromStep: number, toStep: number): Columns {
  const isIn = (step: number) => step >= fromStep && step <= toStep;
  const { steps } = columns;
  if (steps.every(isIn)) return columns;
  const of = (column: Float64Array) => column.filter((_, i) => isIn(steps[i] as number));
  return { steps: of(steps), values: of(columns.values), times: of(columns.times) };
}

/** NaN is NULL in SQLite. */
const stored = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** The summary columns of a series after `fresh` points came. */
function extend(row: SeriesRow | undefined, { steps, values }: Columns) {
  let min = row?.min ?? Number.POSITIVE_INFINITY;
  let minStep = row?.minStep ?? null;
  let max = row?.max ?? Number.NEGATIVE_INFINITY;
  let maxStep = row?.maxStep ?? null;
  values.forEach((value, i) => {
    if (Number.isNaN(value)) return;
    if (minStep === null || value < min) [min, minStep] = [value, steps[i] as number];
    if (maxStep === null || value > max) [max, maxStep] = [value, steps[i] as number];
  });
  return {
    lastStep: steps[steps.length - 1] as number,
    last: stored(values[values.length - 1] as number),
    min: minStep === null ? null : min,
    minStep,
    max: maxStep === null ? null : max,
    maxStep,
  };
}

function toSummary({ key, count, lastStep, last, min, minStep, max, maxStep }: SeriesRow): SeriesSummary {
  return {
    key,
    count,
    lastStep,
    last: last ?? Number.NaN,
    min: min ?? Number.NaN,
    minStep,
    max: max ?? Number.NaN,
    maxStep,
  };
}
