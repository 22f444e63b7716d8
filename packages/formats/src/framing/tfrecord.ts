import type { Damage } from '../reading/reader.ts';
import { crc32c } from './crc32.ts';

/** Length (unsigned, 64 bits), checksum of the length. */
const HEAD = 12;
const CHECKSUM = 4;

/** Called for a record with sound bytes, `bytes[start, end)`; `offset` is its beginning in the file. */
type OnRecord = (start: number, end: number, offset: number) => void;

/**
 * Walks over the whole records of `bytes`, which begin in the file at `offset`: TensorFlow's TFRecord, in
 * little-endian. A record with damaged bytes is skipped; after a damaged length nothing can be found.
 * @returns how many bytes were walked over
 */
export function walkTfRecords(bytes: Uint8Array, offset: number, onRecord: OnRecord, damage: Damage[]): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at + HEAD <= bytes.length) {
    if (view.getUint32(at + 8, true) !== masked(crc32c(bytes, at, at + 8))) {
      damage.push({ offset: offset + at, reason: LENGTH_DAMAGED });
      return at;
    }
    const start = at + HEAD;
    const end = start + view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
    if (end + CHECKSUM > bytes.length) return at;
    if (view.getUint32(end, true) === masked(crc32c(bytes, start, end))) onRecord(start, end, offset + at);
    else damage.push({ offset: offset + at, reason: RECORD_DAMAGED });
    at = end + CHECKSUM;
  }
  return at;
}

/** TFRecord's masking: without it, the checksum of bytes that contain a checksum would be weak. */
const masked = (crc: number): number => (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;

const LENGTH_DAMAGED = {
  en: 'the length of a record does not fit its checksum; nothing behind it can be found',
  zh: '一条记录的长度与校验和不符；之后的内容无法找到',
};
const RECORD_DAMAGED = {
  en: 'the bytes of a record do not fit their checksum; it is left out',
  zh: '一条记录的内容与校验和不符；已略过',
};
