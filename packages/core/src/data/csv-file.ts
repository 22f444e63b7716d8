import { CsvError } from '../errors.ts';

/** Largest file: read whole, it must fit into memory beside its numbers. */
const MOST_BYTES = 100e6;
const NEWLINE = 0x0a;

/** The bytes of a file and their SHA-256, as 64 hexadecimal digits. */
export interface CsvFile {
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/**
 * Reads a file whole. In a browser, which has no files, importing `node:fs` fails.
 * @throws CsvError for what is no file, cannot be read or is too large
 */
export async function readCsvFile(file: string): Promise<CsvFile> {
  // The name in a variable: a bundler for the browser must not follow it.
  const moduleName = 'node:fs/promises';
  const { readFile, stat } = (await import(moduleName)) as typeof import('node:fs/promises');
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    const found = await stat(file);
    if (found.isDirectory()) throw new CsvError(file, {}, 'is a directory; name a CSV file in it with data.path');
    // A pipe or a device may have no end, and gives a repeated run nothing.
    if (!found.isFile()) throw new CsvError(file, {}, 'is not a regular file; save the data as a CSV file');
    if (found.size > MOST_BYTES) {
      const size = `${(found.size / 1e6).toFixed(1)} MB`;
      throw new CsvError(
        file,
        {},
        `has ${size}, at most ${MOST_BYTES / 1e6} MB are read; train on a sample of its rows`,
      );
    }
    bytes = new Uint8Array(await readFile(file));
  } catch (error) {
    throw error instanceof CsvError ? error : new CsvError(file, {}, whyUnreadable(error as NodeJS.ErrnoException));
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return { bytes, sha256: [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') };
}

function whyUnreadable({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file; check data.path';
  if (code === 'EACCES' || code === 'EPERM') return `may not be read (${code}); allow it, or copy the file`;
  return `cannot be read (${code ?? message}); check data.path`;
}

/**
 * The text of UTF-8 bytes, without a byte order mark.
 * @param file how errors call it
 * @throws CsvError naming the line of the first byte that is not text
 */
export function decodeCsv(file: string, bytes: Uint8Array): string {
  const starts = (...magic: number[]) => magic.every((byte, i) => bytes[i] === byte);
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff)) {
    throw new CsvError(file, {}, 'is UTF-16, expected UTF-8; save it again as "CSV UTF-8"');
  }
  if (starts(0x50, 0x4b, 0x03, 0x04)) {
    throw new CsvError(file, {}, 'is an Excel workbook or another zip file, expected text; save the sheet as CSV');
  }
  const zero = bytes.indexOf(0);
  if (zero >= 0) {
    const row = 1 + bytes.subarray(0, zero).reduce((lines, byte) => lines + (byte === NEWLINE ? 1 : 0), 0);
    throw new CsvError(file, { row }, 'has a NUL byte, expected text: a binary file? Save the data as CSV in UTF-8');
  }
  try {
    return decode(bytes);
  } catch {
    throw new CsvError(file, { row: invalidLine(bytes) }, 'is not valid UTF-8; save the file again as "CSV UTF-8"');
  }
}

const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

/** The line of the first invalid byte: a line can be decoded alone, as no character of several bytes holds a newline. */
function invalidLine(bytes: Uint8Array): number {
  let row = 1;
  for (let start = 0; ; row++) {
    const end = bytes.indexOf(NEWLINE, start);
    try {
      decode(bytes.subarray(start, end < 0 ? undefined : end));
    } catch {
      return row;
    }
    if (end < 0) return row;
    start = end + 1;
  }
}
