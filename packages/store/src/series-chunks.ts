import { sameText } from '@whorl/core';
import { ChunkError, type Columns, concatColumns, decodeChunk, encodeChunk, sliceColumns } from './chunk-codec.ts';
import { isPageDamaged } from './readable-rows.ts';
import { damagedSeries, missing, pointsText, whereWhole } from './series-damage.ts';
import type { SeriesRow } from './series-summary.ts';
import { insertInto } from './sql/changes.ts';
import { COUNT, select, sql } from './sql/compose.ts';
import type { Statements } from './sql/statements.ts';
import { TABLES } from './sql/tables.ts';

/** The most points in a chunk. */
export const CHUNK_POINTS = 4096;
/** Up to this many points are written again for one that comes: less than a page of the database. */
const TAIL_POINTS = 128;

const { MetricChunk, MetricSeries } = TABLES;

/** The extent of a chunk in its series: the position of its first point, and its number of points. */
interface Extent {
  readonly index: number;
  readonly count: number;
}

interface Chunk extends Extent {
  readonly data: Buffer;
}

/** The points of series: chunks one after the other, each of some points as columns. */
export class SeriesChunks {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /**
   * Adds points to a series whose last chunk ends before position `from`. They are joined with the chunks before them
   * that are smaller, or of the same size: points that come one by one are written a few times each and are never
   * spread over many chunks.
   */
  add(seriesId: number, from: number, columns: Columns): void {
    const [start, joined] = this.#joinedBefore(seriesId, from, columns);
    for (let at = 0; at < joined.steps.length; at += CHUNK_POINTS) {
      this.#put(seriesId, start + at, sliceColumns(joined, at, at + CHUNK_POINTS));
    }
  }

  /** The points joined with those of earlier chunks, which are deleted, and the position of the first. */
  #joinedBefore(seriesId: number, from: number, columns: Columns): readonly [number, Columns] {
    let [start, joined] = [from, columns];
    while (start > 0 && joined.steps.length < CHUNK_POINTS) {
      const last = this.#chunkBefore(seriesId, start);
      if (!last || last.index + last.count !== start) break;
      const isSmall = last.count < TAIL_POINTS || last.count <= joined.steps.length;
      if (!isSmall || last.count + joined.steps.length > CHUNK_POINTS) break;
      const before = this.#whole(seriesId, last.index, last.count);
      if (before === null) break; // it is damaged, and is left as it is
      joined = concatColumns([before, joined]);
      this.#remove(seriesId, last.index);
      start = last.index;
    }
    return [start, joined];
  }

  #chunkBefore(id: number, position: number): Extent | undefined {
    const { seriesId, index, count } = MetricChunk;
    const [found] = this.#statements.rows(
      select(
        index,
        count,
      )`FROM ${MetricChunk} WHERE ${seriesId} = ${id} AND ${index} < ${position} ORDER BY ${index} DESC LIMIT 1`,
    );
    return found && { index: found[0], count: found[1] };
  }

  #whole(id: number, at: number, count: number): Columns | null {
    const { seriesId, index, data } = MetricChunk;
    try {
      const [bytes] = this.#statements.column(
        select(data)`FROM ${MetricChunk} WHERE ${seriesId} = ${id} AND ${index} = ${at}`,
      );
      const found = decodeChunk(bytes as Buffer, { seriesId: id, index: at });
      return found.steps.length === count ? found : null;
    } catch (error) {
      if (error instanceof ChunkError || isPageDamaged(error)) return null;
      throw error;
    }
  }

  #remove(id: number, at: number): void {
    const { seriesId, index } = MetricChunk;
    this.#statements.run(sql`DELETE FROM ${MetricChunk} WHERE ${seriesId} = ${id} AND ${index} = ${at}`);
  }

  #put(seriesId: number, index: number, columns: Columns): void {
    const [firstStep, lastStep] = endsOf(columns.steps);
    const data = encodeChunk(columns, { seriesId, index });
    const count = columns.steps.length;
    this.#statements.run(insertInto('MetricChunk', { seriesId, index, firstStep, lastStep, count, data }));
  }

  /** Joins small chunks into full ones. The points stay the same, and damaged chunks are left as they are. */
  join(row: SeriesRow): void {
    const { id, count } = row;
    const ofSeries = sql`FROM ${MetricChunk} WHERE ${MetricChunk.seriesId} = ${id}`;
    const [chunks = 0] = this.#statements.column(select(COUNT)`${ofSeries}`);
    if (chunks <= Math.ceil(count / CHUNK_POINTS)) return;
    const all = whereWhole(() => this.read(row, 0));
    if (all === null) return;
    this.#statements.run(sql`DELETE ${ofSeries}`);
    this.add(id, 0, sliceColumns(all, 0, count));
  }

  /** The points from a position on. @throws StoreError `damaged` where points are missing or not what was written */
  read(row: SeriesRow, from: number): Columns {
    try {
      return this.#read(row, from);
    } catch (error) {
      if (!isPageDamaged(error)) throw error;
      throw damagedSeries(row, sameText((error as Error).message)); // its chunks are on a damaged page
    }
  }

  #read(row: SeriesRow, from: number): Columns {
    const { seriesId, index, count, data } = MetricChunk;
    const first = select(sql`coalesce(max(${index}), 0)`)`
      FROM ${MetricChunk} WHERE ${seriesId} = ${row.id} AND ${index} <= ${from}`;
    const chunks = this.#statements
      .rows(
        select(index, count, data)`
          FROM ${MetricChunk} WHERE ${seriesId} = ${row.id} AND ${index} >= (${first}) ORDER BY ${index}`,
      )
      .map(([index, count, data]): Chunk => ({ index, count, data }));
    this.#checkWhole(row, chunks, from);
    const start = chunks[0]?.index ?? from;
    return sliceColumns(concatColumns(chunks.map((chunk) => decode(row, chunk))), from - start);
  }

  /**
   * Whether each chunk states its steps correctly. Nothing but an examination needs this:
   * docs/decisions/0001-metrics-beside-prisma.md
   */
  areSteps(row: SeriesRow): boolean {
    const { seriesId, index, count, data, firstStep, lastStep } = MetricChunk;
    return this.#statements
      .rows(select(index, count, data, firstStep, lastStep)`FROM ${MetricChunk} WHERE ${seriesId} = ${row.id}`)
      .every(([index, count, data, firstStep, lastStep]) => {
        const [lowest, highest] = endsOf(decode(row, { index, count, data }).steps);
        return firstStep === lowest && lastStep === highest;
      });
  }

  /** @throws StoreError `damaged` where the chunks, one after the other, are not what the series has from `from` on */
  #checkWhole(row: SeriesRow, chunks: readonly Extent[], from: number): void {
    let end = chunks[0]?.index ?? from;
    if (end > from) throw damagedSeries(row, missing(from, end));
    for (const { index, count } of chunks) {
      if (index > end) throw damagedSeries(row, missing(end, index));
      if (index !== end) throw damagedSeries(row, pointsText(index, end, { en: 'are there twice', zh: '重复出现' }));
      end = index + count;
    }
    if (!(end >= row.count)) throw damagedSeries(row, missing(end, row.count));
    // There may be more where the run trains, and then its row counts them by now.
    if (end > row.count && !(end <= this.#countNow(row))) {
      throw damagedSeries(row, pointsText(row.count, end, { en: 'are not in its count', zh: '不在其点数之内' }));
    }
  }

  #countNow({ id }: SeriesRow): number {
    const [count = 0] = this.#statements.column(
      select(MetricSeries.count)`FROM ${MetricSeries} WHERE ${MetricSeries.id} = ${id}`,
    );
    return count;
  }
}

function decode(row: SeriesRow, { index, count, data }: Chunk): Columns {
  try {
    const columns = decodeChunk(data, { seriesId: row.id, index });
    const found = columns.steps.length;
    const wrong = columns.steps.find((step) => !Number.isFinite(step));
    if (wrong !== undefined) throw new ChunkError({ en: `a step is ${wrong}`, zh: `有一个步数是 ${wrong}` });
    if (found === count) return columns;
    throw new ChunkError({ en: `they are ${found} and not ${count}`, zh: `实际有 ${found} 个，而不是 ${count} 个` });
  } catch (error) {
    if (!(error instanceof ChunkError)) throw error;
    throw damagedSeries(row, pointsText(index, index + count, { en: `: ${error.said.en}`, zh: `：${error.said.zh}` }));
  }
}

/** The lowest and the highest step, which are not those of the first and last point where a resumed run went back. */
const endsOf = (steps: Float64Array): readonly [number, number] => [
  steps.reduce((least, step) => Math.min(least, step), Number.POSITIVE_INFINITY),
  steps.reduce((most, step) => Math.max(most, step), Number.NEGATIVE_INFINITY),
];
