const MAGIC: readonly (readonly [mediaType: string, at: number, bytes: readonly number[]])[] = [
  ['image/png', 0, [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', 0, [0xff, 0xd8, 0xff]],
  ['image/gif', 0, [0x47, 0x49, 0x46, 0x38]],
  ['image/bmp', 0, [0x42, 0x4d]],
  ['image/webp', 8, [0x57, 0x45, 0x42, 0x50]],
];

/** The media type of a picture by its first bytes; undefined where they are of none that is known. */
export const imageTypeOf = (bytes: Uint8Array): string | undefined =>
  MAGIC.find(([, at, magic]) => magic.every((byte, i) => bytes[at + i] === byte))?.[0];
