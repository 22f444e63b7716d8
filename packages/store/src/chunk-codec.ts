import { crc32 } from 'node:zlib';
import { WhorlError } from '@whorl/core';

// The bytes of a metric chunk: a header of eight, then three columns of little-endian doubles: steps, values, wall times
// (ms since 1970). Doubles keep every number that training can produce, NaN and infinities included, to the last bit.
//
// Header: a version byte, three of zero, and the CRC-32 (little-endian) of where the chunk belongs and of its columns. With
// its place in it, a whole chunk that lies at another series is noticed like a flipped bit. Chunks of version 1 have zeros
// in the place of the sum: nobody can say whether they are what was written.

/** Points of a series as they were recorded, in that order, as columns of equal length. */
export interface Columns<Column extends ArrayLike<number> = Float64Array> {
  readonly steps: Column;
  readonly values: Column;
  /** ms since 1970 */
  readonly times: Column;
}

/** Where a chunk belongs: its series, and the position there of its first point. */
export interface ChunkPlace {
  readonly seriesId: number;
  readonly index: number;
}

/** The bytes of a chunk are not what was written: the message says what is wrong with its points. */
export class ChunkError extends WhorlError {}

const VERSION = 2;
const WITHOUT_SUM = 1;
const HEADER = 8;
const SUM_AT = 4;
const POINT_BYTES = 24;

/** Whether this machine keeps doubles as chunks do. */
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function sumOf({ seriesId, index }: ChunkPlace, buffer: Buffer): number {
  const place = Buffer.alloc(16);
  place.writeDoubleLE(seriesId);
  place.writeDoubleLE(index, 8);
  return crc32(buffer.subarray(HEADER), crc32(place));
}

export function encodeChunk({ steps, values, times }: Columns, place: ChunkPlace): Buffer {
  const count = steps.length;
  const buffer = Buffer.alloc(HEADER + POINT_BYTES * count);
  const columns = new Float64Array(buffer.buffer, buffer.byteOffset + HEADER, 3 * count);
  columns.set(steps);
  columns.set(values, count);
  columns.set(times, 2 * count);
  if (!IS_LITTLE_ENDIAN) buffer.subarray(HEADER).swap64();
  buffer[0] = VERSION;
  buffer.writeUInt32LE(sumOf(place, buffer), SUM_AT);
  return buffer;
}

/** The columns of a chunk: views of its bytes where these lie as doubles must, else of a copy. @throws ChunkError */
export function decodeChunk(buffer: Buffer, place: ChunkPlace): Columns {
  checkHeader(buffer, place);
  const count = (buffer.length - HEADER) / POINT_BYTES;
  const isUsable = IS_LITTLE_ENDIAN && buffer.byteOffset % 8 === 0;
  const bytes = isUsable ? buffer : Buffer.from(new Uint8Array(buffer).buffer);
  if (!IS_LITTLE_ENDIAN) bytes.subarray(HEADER).swap64();
  const column = (c: number) => new Float64Array(bytes.buffer, bytes.byteOffset + HEADER + 8 * c * count, count);
  return { steps: column(0), values: column(1), times: column(2) };
}

function checkHeader(buffer: Buffer, place: ChunkPlace): void {
  if (!Buffer.isBuffer(buffer) || buffer.length < HEADER) {
    throw new ChunkError({ en: 'they have no header', zh: '没有头部' });
  }
  const version = buffer[0];
  if (version !== VERSION && version !== WITHOUT_SUM) {
    throw new ChunkError({
      en: `their version is ${version}, not ${VERSION}`,
      zh: `版本是 ${version}，而不是 ${VERSION}`,
    });
  }
  if ((buffer.length - HEADER) % POINT_BYTES !== 0) {
    throw new ChunkError({ en: `they were cut to ${buffer.length} bytes`, zh: `被截断为 ${buffer.length} 字节` });
  }
  const sum = version === VERSION ? sumOf(place, buffer) : 0;
  if (buffer.readUInt32LE(SUM_AT) !== sum) {
    throw new ChunkError({ en: 'their bytes are not those that were written', zh: '字节与写入时不同' });
  }
}

export function concatColumns(parts: readonly Columns[]): Columns {
  if (parts.length === 1) return parts[0] as Columns;
  const total = parts.reduce((sum, part) => sum + part.steps.length, 0);
  const joined = { steps: new Float64Array(total), values: new Float64Array(total), times: new Float64Array(total) };
  let at = 0;
  for (const part of parts) {
    joined.steps.set(part.steps, at);
    joined.values.set(part.values, at);
    joined.times.set(part.times, at);
    at += part.steps.length;
  }
  return joined;
}

/** A part of the columns, which shares their memory. */
export function sliceColumns({ steps, values, times }: Columns, from: number, to?: number): Columns {
  return { steps: steps.subarray(from, to), values: values.subarray(from, to), times: times.subarray(from, to) };
}
