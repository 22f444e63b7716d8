/** Continues `checksum` over `bytes[start, end)`; it is 0 for the first bytes. Unsigned 32 bits. */
export type Crc32 = (bytes: Uint8Array, start: number, end: number, checksum?: number) => number;

/** A reflected 32-bit CRC by its polynomial: eight bytes at a time, with one table for each of them. */
function crc32By(polynomial: number): Crc32 {
  const tables = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    tables[byte] = crc;
  }
  for (let at = 256; at < tables.length; at++) {
    const before = tables[at - 256] as number;
    tables[at] = (before >>> 8) ^ (tables[before & 255] as number);
  }
  const table = (place: number, byte: number): number => tables[(place << 8) | (byte & 255)] as number;
  return (bytes, start, end, checksum = 0) => {
    let crc = ~checksum;
    let at = start;
    const byte = (place: number): number => bytes[at + place] as number;
    for (; at + 8 <= end; at += 8) {
      crc ^= byte(0) | (byte(1) << 8) | (byte(2) << 16) | (byte(3) << 24);
      crc =
        table(7, crc) ^
        table(6, crc >>> 8) ^
        table(5, crc >>> 16) ^
        table(4, crc >>> 24) ^
        table(3, byte(4)) ^
        table(2, byte(5)) ^
        table(1, byte(6)) ^
        table(0, byte(7));
    }
    for (; at < end; at++) crc = (crc >>> 8) ^ table(0, crc ^ byte(0));
    return ~crc >>> 0;
  };
}

/** The CRC of zlib, Ethernet and the logs of W&B and SwanLab. */
export const crc32 = crc32By(0xedb88320);
/** Castagnoli's CRC, which TFRecord uses. */
export const crc32c = crc32By(0x82f63b78);
