// The bytes of a metric chunk: a version byte, seven of padding, then three columns of little-endian doubles:
// steps, values, wall times (ms since 1970). Doubles keep every number that training can produce, NaN and
// infinities included, to the last bit.

export interface Columns {
  readonly steps: Float64Array;
  readonly values: Float64Array;
  /** ms since 1970 */
  readonly times: Float64Array;
}

const VERSION = 1;
const HEADER = 8;

/** Whether this machine keeps doubles as chunks do. */
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

export function encodeChunk({ steps, values, times }: Columns): Buffer {
  const count = steps.length;
  const buffer = Buffer.alloc(HEADER + 24 * count);
  const columns = new Float64Array(buffer.buffer, buffer.byteOffset + HEADER, 3 * count);
  columns.set(steps);
  columns.set(values, count);
  columns.set(times, 2 * count);
  if (!IS_LITTLE_ENDIAN) buffer.subarray(HEADER).swap64();
  buffer[0] = VERSION;
  return buffer;
}

/** The columns of a chunk: views of its bytes where these lie as doubles must, else of a copy. */
export function decodeChunk(buffer: Buffer): Columns {
  if (buffer[0] !== VERSION || (buffer.length - HEADER) % 24 !== 0) {
    throw new Error(
      `metric chunk: expected version ${VERSION} and whole columns, got version ${buffer[0]}, ${buffer.length} bytes`,
    );
  }
  const count = (buffer.length - HEADER) / 24;
  const isUsable = IS_LITTLE_ENDIAN && buffer.byteOffset % 8 === 0;
  const bytes = isUsable ? buffer : Buffer.from(new Uint8Array(buffer).buffer);
  if (!IS_LITTLE_ENDIAN) bytes.subarray(HEADER).swap64();
  const column = (c: number) => new Float64Array(bytes.buffer, bytes.byteOffset + HEADER + 8 * c * count, count);
  return { steps: column(0), values: column(1), times: column(2) };
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
