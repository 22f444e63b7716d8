const MAGIC: readonly (readonly [mediaType: string, at: number, bytes: readonly number[]])[] = [
  ['image/png', 0, [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', 0, [0xff, 0xd8, 0xff]],
  ['image/gif', 0, [0x47, 0x49, 0x46, 0x38]],
  ['image/bmp', 0, [0x42, 0x4d]],
  ['image/webp', 8, [0x57, 0x45, 0x42, 0x50]],
];

/** The media type of a picture by its first bytes; undefined for unknown ones. */
export const imageTypeOf = (bytes: Uint8Array): string | undefined =>
  MAGIC.find(([, at, magic]) => magic.every((byte, i) => bytes[at + i] === byte))?.[0];

const OF_NAMES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  bmp: 'image/bmp',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  json: 'application/json',
  csv: 'text/csv',
  txt: 'text/plain',
  md: 'text/markdown',
  html: 'text/html',
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  webm: 'video/webm',
  parquet: 'application/vnd.apache.parquet',
};

/** The media type for the extension of a file's name; that of arbitrary bytes for unknown ones. */
export function mediaTypeOfName(name: string): string {
  const end = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(OF_NAMES, end) ? (OF_NAMES[end] as string) : 'application/octet-stream';
}
