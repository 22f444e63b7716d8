import type { Damage } from '../reading/reader.ts';
import { crc32 } from './crc32.ts';

// LevelDB's log format: blocks of 32,768 bytes, of which the last few may be zeros; a record is in one piece, or in
// several where it crosses blocks. Blocks count from the file's first byte, where a header is.

const BLOCK = 32_768;
/** CRC-32 of type and bytes, length (16 bits), type. */
const HEAD = 7;
const [FULL, FIRST, MIDDLE, LAST] = [1, 2, 3, 4];
/** The checksum of each type; the checksums of pieces continue from it. */
const SEEDS = [0, FULL, FIRST, MIDDLE, LAST].map((type) => crc32(Uint8Array.of(type as number), 0, 1));

/** The beginning of a file: four letters, a 16-bit number and a version. */
export interface LogHeader {
  readonly letters: string;
  readonly magic: number;
  readonly version: number;
}
const HEADER_BYTES = 7;

export function hasHeader(head: Uint8Array, { letters, magic }: LogHeader): boolean {
  return (
    head.length >= HEADER_BYTES &&
    [...letters].every((letter, i) => head[i] === letter.charCodeAt(0)) &&
    head[4] === (magic & 255) &&
    head[5] === magic >>> 8
  );
}

type Piece =
  | { readonly is: 'whole'; readonly type: number; readonly end: number }
  | { readonly is: 'padding'; readonly end: number }
  | { readonly is: 'damaged'; readonly end: number }
  /** More bytes are needed to tell. */
  | { readonly is: 'cut' };

/**
 * Walks over the whole records of `bytes`, which begin in the file at `offset`: 0, or the beginning of a record. Damage
 * is skipped, to the next piece where that is sound, else to the next block.
 * @returns how many bytes were walked over
 */
export function walkLog(
  bytes: Uint8Array,
  offset: number,
  header: LogHeader,
  onRecord: (record: Uint8Array, offset: number) => void,
  damage: Damage[],
): number {
  let at = 0;
  if (offset === 0) {
    if (bytes.length < HEADER_BYTES) return 0;
    if (!hasHeader(bytes, header) || bytes[6] !== header.version) {
      damage.push({ offset: 0, reason: headerDamage(bytes, header) });
      return 0;
    }
    at = HEADER_BYTES;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  /** Where the record begins of which pieces are being collected. */
  let begin = at;
  let pieces: Uint8Array[] = [];
  /** Whether pieces may follow of a record whose first piece was damaged. */
  let isBroken = false;
  const breakOff = (): void => {
    if (!isBroken) damage.push({ offset: offset + begin, reason: RECORD_DAMAGED });
    isBroken = true;
    pieces = [];
  };
  for (;;) {
    const piece = pieceAt(view, bytes, at, offset);
    if (piece.is === 'cut') return begin;
    if (piece.is === 'damaged') {
      breakOff();
      const next = pieceAt(view, bytes, piece.end, offset);
      const isSound = next.is === 'whole' || next.is === 'padding' || piece.end === bytes.length;
      const end = isSound ? piece.end : at + BLOCK - ((offset + at) % BLOCK);
      if (end > bytes.length) return begin;
      at = end;
      begin = at;
      continue;
    }
    if (piece.is === 'whole') {
      const isFirst = piece.type === FULL || piece.type === FIRST;
      // A record that another one interrupts, or pieces of a record without a beginning.
      if (isFirst !== (pieces.length === 0)) breakOff();
      if (isFirst) {
        begin = at;
        isBroken = false;
      }
      if (isFirst || pieces.length > 0) pieces.push(bytes.subarray(at + HEAD, piece.end));
      if (piece.type === FULL || piece.type === LAST) {
        if (pieces.length > 0) onRecord(joined(pieces), offset + begin);
        pieces = [];
      }
    }
    at = piece.end;
    if (pieces.length === 0) begin = at;
  }
}

function pieceAt(view: DataView, bytes: Uint8Array, at: number, offset: number): Piece {
  const left = BLOCK - ((offset + at) % BLOCK);
  if (left < HEAD) {
    const end = at + left;
    if (end > bytes.length) return { is: 'cut' };
    return { is: bytes.subarray(at, end).every((byte) => byte === 0) ? 'padding' : 'damaged', end };
  }
  if (at + HEAD > bytes.length) return { is: 'cut' };
  const length = view.getUint16(at + 4, true);
  const type = bytes[at + 6] as number;
  const end = at + HEAD + length;
  if (type < FULL || type > LAST || end > at + left) {
    // Space that was allocated and not written yet.
    if (type === 0 && bytes.subarray(at).every((byte) => byte === 0)) return { is: 'cut' };
    return { is: 'damaged', end: at + left };
  }
  if (end > bytes.length) return { is: 'cut' };
  const isSound = view.getUint32(at, true) === crc32(bytes, at + HEAD, end, SEEDS[type]);
  return isSound ? { is: 'whole', type, end } : { is: 'damaged', end };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [first] = pieces;
  if (first && pieces.length === 1) return first;
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function headerDamage(bytes: Uint8Array, header: LogHeader) {
  if (!hasHeader(bytes, header))
    return { en: 'the header of the file is damaged; nothing of it can be read', zh: '文件头已损坏；无法读取其内容' };
  const [came, expected] = [bytes[6], header.version];
  return {
    en: `the file is of version ${came}, expected ${expected}; nothing of it can be read`,
    zh: `文件版本为 ${came}，应为 ${expected}；无法读取其内容`,
  };
}

const RECORD_DAMAGED = {
  en: 'the bytes of a record do not fit their checksum; it is left out',
  zh: '一条记录的内容与校验和不符；已略过',
};
