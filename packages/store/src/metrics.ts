import { sameText, type Text } from '@whorl/core';
import type Database from 'better-sqlite3';
import { ChunkError, type Columns, concatColumns, decodeChunk, encodeChunk, sliceColumns } from './chunk-codec.ts';
import { ColumnCache } from './column-cache.ts';
import { StoreError } from './errors.ts';
import { isPageDamaged, readableRows } from './readable-rows.ts';
import { checkKey } from './text-limits.ts';

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
export interface PointBatch extends Columns {
  readonly key: string;
  readonly offset: number;
}

/** What is held of the series that were read last: some five million points. */
const CACHE_BYTES = 128 * 2 ** 20;

/** Most points in a chunk. */
export const CHUNK_POINTS = 4096;

interface SeriesRow {
  id: number;
  runId: string;
  key: string;
  count: number;
  lastStep: number;
  last: number | null;
  min: number | null;
  minStep: number | null;
  max: number | null;
  maxStep: number | null;
}

/** Where a chunk lies in its series. */
interface Extent {
  index: number;
  count: number;
}

interface ChunkRow extends Extent {
  data: Buffer;
}

/**
 * Metrics as columns. This is the one place beside the migrations that speaks SQL and not Prisma: a row a point
 * through Prisma is 600 times slower, and its JSON protocol has no NaN.
 */
export class MetricStore {
  readonly #db: Database.Database;
  readonly #cache = new ColumnCache(CACHE_BYTES);
  #seriesOf: Database.Statement<[string, string], SeriesRow> | undefined;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /**
   * Adds points to a run's series in one transaction. Sending a batch again changes nothing: points that the series
   * already has, by their position, are skipped.
   * @throws StoreError `conflict` for a batch that would leave a gap, `bad-input` for a step that is no number
   */
  append(runId: string, batches: readonly PointBatch[]): void {
    this.#db
      .transaction(() => {
        for (const batch of batches) this.#appendOne(runId, batch);
      })
      .immediate();
  }

  #appendOne(runId: string, batch: PointBatch): void {
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
    checkKey('metric', batch.key);
    const wrong = fresh.steps.find((step) => !Number.isFinite(step));
    if (wrong !== undefined) {
      throw new StoreError('bad-input', `metric ${batch.key}: expected steps that are numbers, got ${wrong}`);
    }
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
    const [lowest, highest] = endsOf(steps);
    this.#db
      .prepare(
        'INSERT INTO MetricChunk (seriesId, "index", firstStep, lastStep, count, data) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(seriesId, index, lowest, highest, steps.length, encodeChunk(columns, { seriesId, index }));
  }

  /** Joins a run's small chunks into full ones. The points stay what they were, and what is damaged stays as it lies. */
  compact(runId: string): void {
    this.#db
      .transaction(() => {
        for (const row of this.#rows(runId)) {
          const { id, count } = row;
          const chunks = this.#db
            .prepare('SELECT count(*) FROM MetricChunk WHERE seriesId = ?')
            .pluck()
            .get(id) as number;
          if (chunks <= Math.ceil(count / CHUNK_POINTS)) continue;
          const all = readable(() => this.#readFrom(row, 0)); // and not held: nobody reads it after its run
          if (all === null) continue;
          this.#db.prepare('DELETE FROM MetricChunk WHERE seriesId = ?').run(id);
          for (let at = 0; at < count; at += CHUNK_POINTS)
            this.#insertChunk(id, at, sliceColumns(all, at, at + CHUNK_POINTS));
        }
      })
      .immediate();
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
    const times = ends.filter((end) => Buffer.isBuffer(end) && end.length === 8).map((end) => end.readDoubleLE());
    return times.reduce<number | null>(
      (last, time) => (Number.isFinite(time) ? Math.max(last ?? time, time) : last),
      null,
    );
  }

  /**
   * The summaries of many runs' metrics: by run id, then in order of key.
   * @param onUnreadable told the runs whose summaries lie on a damaged page
   */
  seriesOf(runIds: readonly string[], onUnreadable?: (runId: string) => void): Map<string, SeriesSummary[]> {
    const found = new Map<string, SeriesSummary[]>(runIds.map((id) => [id, []]));
    const statement = this.#db.prepare<[string], SeriesRow>(
      'SELECT * FROM MetricSeries WHERE runId IN (SELECT value FROM json_each(?)) ORDER BY natural(key), key',
    );
    const rows = readableRows(runIds, (ids) => statement.all(JSON.stringify(ids)), onUnreadable);
    for (const row of rows) found.get(row.runId)?.push(toSummary(row));
    return found;
  }

  /**
   * The points of a series from position `from` on; none where the run has no such series. They are shared with who
   * reads them next: not to be changed.
   * @throws StoreError `damaged` where they are not all there, or not what was written
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
    return ofSeries(row, () => this.#readChunksFrom(row, from));
  }

  #readChunksFrom(row: SeriesRow, from: number): Columns {
    const chunks = this.#db
      .prepare<[number, number, number], ChunkRow>(
        `SELECT "index", count, data FROM MetricChunk WHERE seriesId = ? AND "index" >=
           (SELECT coalesce(max("index"), 0) FROM MetricChunk WHERE seriesId = ? AND "index" <= ?) ORDER BY "index"`,
      )
      .all(row.id, row.id, from);
    this.#checkWhole(row, chunks, from);
    const first = chunks[0]?.index ?? from;
    return sliceColumns(concatColumns(chunks.map((chunk) => decode(row, chunk))), from - first);
  }

  /** Reads all points of a run's metrics, and says what of them is not as it was written. */
  examine(runId: string): { readonly series: number; readonly points: number; readonly problems: readonly Text[] } {
    const rows = this.#rows(runId);
    const problems: Text[] = [];
    let points = 0;
    for (const row of rows) {
      const columns = readable(
        () => this.#readFrom(row, 0),
        ({ said }) => problems.push(said),
      );
      if (columns === null) continue;
      points += columns.steps.length;
      if (!isSummaryOf(row, columns)) problems.push(damaged(row, SUMMARY).said);
      else if (!this.#areSteps(row)) problems.push(damaged(row, STEPS).said);
    }
    return { series: rows.length, points, problems };
  }

  /** Whether each chunk says rightly which steps it has. Nothing asks it: docs/decisions/0001-metrics-beside-prisma.md */
  #areSteps(row: SeriesRow): boolean {
    return this.#db
      .prepare<[number], ChunkRow & { firstStep: number; lastStep: number }>(
        'SELECT * FROM MetricChunk WHERE seriesId = ?',
      )
      .all(row.id)
      .every((chunk) => {
        const [lowest, highest] = endsOf(decode(row, chunk).steps);
        return chunk.firstStep === lowest && chunk.lastStep === highest;
      });
  }

  /** @throws StoreError `damaged` where the chunks are not, one after the other, what the series has from `from` on */
  #checkWhole(row: SeriesRow, chunks: readonly Extent[], from: number): void {
    let end = chunks[0]?.index ?? from;
    if (end > from) throw damaged(row, missing(from, end));
    for (const { index, count } of chunks) {
      if (index > end) throw damaged(row, missing(end, index));
      if (index !== end) throw damaged(row, pointsText(index, end, { en: 'are there twice', zh: '重复出现' }));
      end = index + count;
    }
    if (!(end >= row.count)) throw damaged(row, missing(end, row.count));
    // More are there where the run trains on, and then its row says so by now.
    if (end > row.count && !(end <= (this.#row(row.runId, row.key)?.count ?? 0))) {
      throw damaged(row, pointsText(row.count, end, { en: 'are not in its count', zh: '不在其点数之内' }));
    }
  }
}

function decode(row: SeriesRow, { index, count, data }: ChunkRow): Columns {
  try {
    const columns = decodeChunk(data, { seriesId: row.id, index });
    const found = columns.steps.length;
    const wrong = columns.steps.find((step) => !Number.isFinite(step));
    if (wrong !== undefined) throw new ChunkError({ en: `a step is ${wrong}`, zh: `有一个步数是 ${wrong}` });
    if (found === count) return columns;
    throw new ChunkError({ en: `they are ${found} and not ${count}`, zh: `实际有 ${found} 个，而不是 ${count} 个` });
  } catch (error) {
    if (!(error instanceof ChunkError)) throw error;
    throw damaged(row, pointsText(index, index + count, { en: `: ${error.said.en}`, zh: `：${error.said.zh}` }));
  }
}

const missing = (from: number, to: number): Text => pointsText(from, to, { en: 'are missing', zh: '缺失' });

/** The points from one position to before another, and what is with them. */
const pointsText = (from: number, to: number, what: Text): Text => ({
  en: `points ${from} to ${to - 1}${what.en.startsWith(':') ? '' : ' '}${what.en}`,
  zh: `第 ${from} 到 ${to - 1} 点${what.zh}`,
});

const damaged = ({ runId, key }: Pick<SeriesRow, 'runId' | 'key'>, what: Text): StoreError =>
  new StoreError('damaged', {
    en: `metric ${key} of run ${runId} is damaged: ${what.en}`,
    zh: `运行 ${runId} 的指标 ${key} 已损坏：${what.zh}`,
  });

/** What is read of a series: where its chunks lie on a damaged page, it is the series that is damaged. */
function ofSeries<T>(row: SeriesRow, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!isPageDamaged(error)) throw error;
    throw damaged(row, sameText((error as Error).message));
  }
}

/** What is read; null where it is damaged. */
function readable<T>(read: () => T, onDamage: (error: StoreError) => void = () => {}): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'damaged') throw error;
    onDamage(error);
    return null;
  }
}

/** The lowest and the highest step. A resumed run goes back: they are not those of the first and last point. */
const endsOf = (steps: Float64Array): readonly [number, number] => [
  steps.reduce((least, step) => Math.min(least, step), Number.POSITIVE_INFINITY),
  steps.reduce((most, step) => Math.max(most, step), Number.NEGATIVE_INFINITY),
];

const SUMMARY: Text = { en: 'its summary is not that of its points', zh: '汇总与各点不符' };
const STEPS: Text = { en: 'its chunks are not at the steps that they say', zh: '数据块标注的步数与内容不符' };

/** Whether a series says of itself what its points say. */
function isSummaryOf(row: SeriesRow, columns: Columns): boolean {
  const count = columns.steps.length;
  if (count === 0) return row.count === 0;
  const points = extend(undefined, columns);
  const keys = ['lastStep', 'last', 'min', 'minStep', 'max', 'maxStep'] as const;
  return row.count === count && keys.every((key) => row[key] === points[key]);
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
    count: Number.isSafeInteger(count) && count >= 0 ? count : 0,
    lastStep: real(lastStep) ?? 0,
    last: real(last) ?? Number.NaN,
    min: real(min) ?? Number.NaN,
    minStep: real(minStep),
    max: real(max) ?? Number.NaN,
    maxStep: real(maxStep),
  };
}

/** SQLite keeps what it is given, a text in a column of numbers too. */
const real = (value: unknown): number | null => (typeof value === 'number' ? value : null);
