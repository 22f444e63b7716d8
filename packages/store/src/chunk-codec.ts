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

export function encodeChunk({ steps, values, times }: Columns): Buffer {
  const count = steps.length;
  const buffer = Buffer.alloc(HEADER + 24 * count);
  buffer[0] = VERSION;
  [steps, values, times].forEach((column, c) => {
    for (let i = 0; i < count; i++) buffer.writeDoubleLE(column[i] as number, HEADER + 8 * (c * count + i));
  });
  return buffer;
}

export function decodeChunk(buffer: Buffer): Columns {
  if (buffer[0] !== VERSION || (buffer.length - HEADER) % 24 !== 0) {
    throw new Error(
      `metric chunk: expected version ${VERSION} and whole columns, got version ${buffer[0]}, ${buffer.length} bytes`,
    );
  }
  const count = (buffer.length - HEADER) / 24;
  const column = (c: number) =>
    Float64Array.from({ length: count }, (_, i) => buffer.readDoubleLE(HEADER + 8 * (c * count + i)));
  return { steps: column(0), values: column(1), times: column(2) };
}

export function concatColumns(parts: readonly Columns[]): Columns {
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

export function sliceColumns({ steps, values, times }: Columns, from: number, to?: number): Columns {
  return { steps: steps.slice(from, to), values: values.slice(from, to), times: times.slice(from, to) };
}
