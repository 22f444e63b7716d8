/** The bytes of a file. */
export type FileData = Uint8Array | ArrayBuffer | Blob;

export const bytesOf = async (data: FileData): Promise<Uint8Array> =>
  data instanceof Uint8Array
    ? data.slice()
    : new Uint8Array(data instanceof ArrayBuffer ? data.slice(0) : await data.arrayBuffer());

const CHUNK = 0x8000;

export function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
}

const SIGNATURES: readonly (readonly [mediaType: string, starts: readonly (number | null)[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/webp', [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50]],
];

/** The media type of an image, by its first bytes; undefined for types that Whorl does not show. */
export const shownImageType = (bytes: Uint8Array): string | undefined =>
  SIGNATURES.find(([, starts]) => starts.every((byte, i) => byte === null || bytes[i] === byte))?.[0];
