import { CsvError } from '../errors.ts';

/** Largest file: read whole, it must fit into memory beside its numbers. */
const MOST_BYTES = 100e6;
const NEWLINE = 0x0a;

const ascii = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));
const ANY = -1;
const unpack = (command: string) => `unpack it (${command}) and name the file that comes out with data.path`;
const save = (code: string) => `save it as CSV, with pandas: ${code}.to_csv("my.csv", index=False)`;

/** Files that are no text, by their first bytes: what they are, and what to do. */
const FORMATS: readonly (readonly [magic: readonly number[], what: string, todo: string])[] = [
  [[0x1f, 0x8b], 'compressed with gzip', unpack('gunzip --keep')],
  [[...ascii('BZh'), ANY, ...ascii('1AY&SY')], 'compressed with bzip2', unpack('bunzip2 --keep')],
  [[0xfd, ...ascii('7zXZ'), 0x00], 'compressed with xz', unpack('unxz --keep')],
  [[0x28, 0xb5, 0x2f, 0xfd], 'compressed with zstd', unpack('unzstd')],
  [[...ascii('7z'), 0xbc, 0xaf, 0x27, 0x1c], 'a 7z archive', unpack('7z x')],
  [[...ascii('PK'), 0x03, 0x04], 'an Excel workbook or another zip file', 'save the sheet as CSV'],
  [[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], 'an Excel workbook (xls)', 'save the sheet as CSV'],
  [ascii('PAR1'), 'Parquet', save('pandas.read_parquet(…)')],
  [ascii('ARROW1'), 'an Arrow (Feather) file', save('pandas.read_feather(…)')],
  [[0x89, ...ascii('HDF\r\n'), 0x1a, 0x0a], 'HDF5', save('pandas.read_hdf(…)')],
  [[0x93, ...ascii('NUMPY')], 'a NumPy array (npy)', save('pandas.DataFrame(numpy.load(…))')],
  [ascii('SQLite format 3\0'), 'an SQLite database', 'export the table as CSV'],
];

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
  const starts = (...magic: number[]) => magic.every((byte, i) => byte === ANY || bytes[i] === byte);
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff)) {
    throw new CsvError(file, {}, 'is UTF-16, expected UTF-8; save it again as "CSV UTF-8"');
  }
  const known = FORMATS.find(([magic]) => starts(...magic));
  if (known) {
    const [, what, todo] = known;
    throw new CsvError(file, {}, `is ${what}, expected text; ${todo}`);
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
