import { crc32 } from 'node:zlib';
import { WhorlError } from '@whorl/core';
import { bytesOfIntegers, unpackedIntegers } from './packed-integers.ts';

// The bytes of a metric chunk. Doubles keep every number that training can produce, NaN and infinities included, to the
// last bit; integer steps and times, as nearly all are, take a byte or two instead of eight (`packed-integers.ts`).
//
// Version 3: a header of 24 bytes, the values as little-endian doubles, the steps, the wall times (ms since 1970), and
// the last time again as a double, for readers that want only this. The header: a version byte, three zeros, a CRC-32,
// a byte of flags, three zeros, the number of points, the number of bytes of the steps, and four zeros. The checksum
// covers the place of the chunk and all that follows: a whole chunk stored with another series is noticed like a
// flipped bit.
//
// Version 2 had a header of eight bytes and then steps, values and times as doubles. Version 1 has zeros for the
// checksum: its bytes cannot be verified.

/** Points of a series as they were recorded, in that order, as columns of equal length. */
export interface Columns<Column extends ArrayLike<number> = Float64Array> {
  readonly steps: Column;
  readonly values: Column;
  /** ms since 1970 */
  readonly times: Column;
}

/** The place of a chunk: its series, and the position in it of the chunk's first point. */
export interface ChunkPlace {
  readonly seriesId: number;
  readonly index: number;
}

/** The bytes of a chunk are not those written; the message says what is wrong with its points. */
export class ChunkError extends WhorlError {}

const VERSION = 3;
const WITHOUT_SUM = 1;
const SUM_AT = 4;
const SUMMED_FROM = 8;
const [FLAGS_AT, COUNT_AT, STEP_BYTES_AT, HEAD] = [8, 12, 16, 24];
const [STEPS_PACKED, TIMES_PACKED] = [1, 2];
const DOUBLE = 8;
const POINT_BYTES = 3 * DOUBLE;

/** Whether this machine stores doubles in the byte order of chunks. */
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function sumOf({ seriesId, index }: ChunkPlace, buffer: Buffer): number {
  const place = Buffer.alloc(16);
  place.writeDoubleLE(seriesId);
  place.writeDoubleLE(index, 8);
  return crc32(buffer.subarray(SUMMED_FROM), crc32(place));
}

/** Numbers as little-endian doubles. */
function doubles(numbers: Float64Array): Buffer {
  const bytes = Buffer.from(numbers.slice().buffer);
  return IS_LITTLE_ENDIAN ? bytes : bytes.swap64();
}

/** Little-endian doubles as numbers: a view of the bytes where they are aligned, else a copy. */
function fromDoubles(bytes: Buffer): Float64Array {
  const isUsable = IS_LITTLE_ENDIAN && bytes.byteOffset % DOUBLE === 0;
  const usable = isUsable ? bytes : Buffer.from(new Uint8Array(bytes).buffer);
  if (!IS_LITTLE_ENDIAN) usable.swap64();
  return new Float64Array(usable.buffer, usable.byteOffset, usable.length / DOUBLE);
}

export function encodeChunk({ steps, values, times }: Columns, place: ChunkPlace): Buffer {
  const [packedSteps, packedTimes] = [bytesOfIntegers(steps), bytesOfIntegers(times)];
  const stepBytes = packedSteps ?? doubles(steps);
  const head = Buffer.alloc(HEAD);
  head[FLAGS_AT] = (packedSteps ? STEPS_PACKED : 0) | (packedTimes ? TIMES_PACKED : 0);
  head.writeUInt32LE(steps.length, COUNT_AT);
  head.writeUInt32LE(stepBytes.length, STEP_BYTES_AT);
  const last = doubles(times.subarray(-1));
  const buffer = Buffer.concat([head, doubles(values), stepBytes, packedTimes ?? doubles(times), last]);
  buffer[0] = VERSION;
  buffer.writeUInt32LE(sumOf(place, buffer), SUM_AT);
  return buffer;
}

/** The columns of a chunk. @throws ChunkError */
export function decodeChunk(buffer: Buffer, place: ChunkPlace): Columns {
  checkHead(buffer, place);
  if (buffer[0] !== VERSION) return decodeDoubles(buffer);
  const flags = buffer[FLAGS_AT] as number;
  const count = buffer.readUInt32LE(COUNT_AT);
  const stepsAt = HEAD + DOUBLE * count;
  const timesAt = stepsAt + buffer.readUInt32LE(STEP_BYTES_AT);
  const column = (isPacked: boolean, bytes: Buffer) => (isPacked ? unpackedIntegers(bytes, count) : fromDoubles(bytes));
  return {
    steps: column((flags & STEPS_PACKED) !== 0, buffer.subarray(stepsAt, timesAt)),
    values: fromDoubles(buffer.subarray(HEAD, stepsAt)),
    times: column((flags & TIMES_PACKED) !== 0, buffer.subarray(timesAt, buffer.length - DOUBLE)),
  };
}

function decodeDoubles(buffer: Buffer): Columns {
  const all = fromDoubles(buffer.subarray(SUMMED_FROM));
  const count = all.length / 3;
  const column = (c: number) => all.subarray(c * count, (c + 1) * count);
  return { steps: column(0), values: column(1), times: column(2) };
}

function checkHead(buffer: Buffer, place: ChunkPlace): void {
  if (!Buffer.isBuffer(buffer) || buffer.length < SUMMED_FROM) {
    throw new ChunkError({ en: 'they have no header', zh: '没有头部' });
  }
  const version = buffer[0] as number;
  if (version < WITHOUT_SUM || version > VERSION) {
    throw new ChunkError({
      en: `their version is ${version}, not ${VERSION}`,
      zh: `版本是 ${version}，而不是 ${VERSION}`,
    });
  }
  if (isCut(buffer, version)) {
    throw new ChunkError({ en: `they were cut to ${buffer.length} bytes`, zh: `被截断为 ${buffer.length} 字节` });
  }
  const sum = version === WITHOUT_SUM ? 0 : sumOf(place, buffer);
  if (buffer.readUInt32LE(SUM_AT) !== sum) {
    throw new ChunkError({ en: 'their bytes are not those that were written', zh: '字节与写入时不同' });
  }
}

function isCut(buffer: Buffer, version: number): boolean {
  if (version !== VERSION) return (buffer.length - SUMMED_FROM) % POINT_BYTES !== 0;
  if (buffer.length < HEAD) return true;
  const count = buffer.readUInt32LE(COUNT_AT);
  // A time takes at least one byte.
  return buffer.length < HEAD + (DOUBLE + 1) * count + buffer.readUInt32LE(STEP_BYTES_AT) + (count > 0 ? DOUBLE : 0);
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
