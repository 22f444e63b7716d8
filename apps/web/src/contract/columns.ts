// Columns of numbers on the wire: base64 after a letter for the type. Doubles keep NaN, the infinities and every bit.
// Training computes in single precision, so a column that loses nothing by it is sent as singles, in half the size.

type Kind = 'd' | 'f' | 'i';

/** Packs a column of any numbers. */
export function packColumn(column: ArrayLike<number>): string {
  const singles = new Float32Array(column);
  let exact = true;
  for (let i = 0; exact && i < singles.length; i++) exact = Object.is(singles[i], column[i]);
  const numbers = exact ? singles : new Float64Array(column);
  return (exact ? 'f' : 'd') + toBase64(new Uint8Array(numbers.buffer));
}

/**
 * Packs a column of integers such as steps: differences between neighbours in as few bytes as possible. A column that holds
 * anything else is packed as any numbers.
 */
export function packIntegers(column: ArrayLike<number>): string {
  const bytes = new Uint8Array(column.length * 8);
  let at = 0;
  let before = 0;
  for (let i = 0; i < column.length; i++) {
    const value = column[i] as number;
    if (!Number.isSafeInteger(value) || Object.is(value, -0) || Math.abs(value) >= 2 ** 50) return packColumn(column);
    const difference = value - before;
    before = value;
    // Maps signed numbers to unsigned ones so that small ones stay small: 0, -1, 1, -2... become 0, 1, 2, 3...
    let rest = difference < 0 ? -2 * difference - 1 : 2 * difference;
    while (rest >= 128) {
      bytes[at++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    bytes[at++] = rest;
  }
  return `i${toBase64(bytes.subarray(0, at))}`;
}

/** The column that {@link packColumn} or {@link packIntegers} packed. */
export function unpackColumn(packed: string): Float64Array {
  const bytes = fromBase64(packed.slice(1));
  switch (packed[0] as Kind | undefined) {
    case 'd':
      return new Float64Array(bytes.buffer);
    case 'f':
      return new Float64Array(new Float32Array(bytes.buffer));
    case 'i':
      return unpackIntegers(bytes);
    default:
      return new Float64Array(0);
  }
}

function unpackIntegers(bytes: Uint8Array): Float64Array {
  let count = 0;
  for (const byte of bytes) if (byte < 128) count += 1;
  const column = new Float64Array(count);
  let at = 0;
  let before = 0;
  for (let i = 0; i < count; i++) {
    let coded = 0;
    let scale = 1;
    let byte = bytes[at++] as number;
    while (byte >= 128) {
      coded += (byte - 128) * scale;
      scale *= 128;
      byte = bytes[at++] as number;
    }
    coded += byte * scale;
    before += coded % 2 === 1 ? -(coded + 1) / 2 : coded / 2;
    column[i] = before;
  }
  return column;
}

// The platform's own base64 is many times faster: Buffer in Node, `fromBase64` in newer browsers.

function toBase64(bytes: Uint8Array): string {
  // Through globalThis, so that bundlers do not add a Buffer for browsers.
  const node = (globalThis as { Buffer?: typeof Buffer }).Buffer;
  if (node) return node.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x6000) text += String.fromCharCode(...bytes.subarray(at, at + 0x6000));
  return btoa(text);
}

interface WithBase64 {
  readonly fromBase64?: (text: string) => Uint8Array<ArrayBuffer>;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const { fromBase64 } = Uint8Array as WithBase64;
  if (fromBase64) return fromBase64.call(Uint8Array, text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
