import { CsvError } from '../text/errors.ts';
import type { Text } from '../text/text.ts';

/** Largest file: read whole, it must fit into memory beside its numbers. */
const MOST_BYTES = 100e6;
const NEWLINE = 0x0a;

const ascii = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));
const ANY = -1;
const packed = (name: string): Text => ({ en: `compressed with ${name}`, zh: `${name} 压缩文件` });
const unpack = (command: string): Text => ({
  en: `unpack it (${command}) and name the file that comes out with data.path`,
  zh: `请先解压（${command}），再用 data.path 指定得到的文件`,
});
const save = (code: string): Text => ({
  en: `save it as CSV, with pandas: ${code}.to_csv("my.csv", index=False)`,
  zh: `请另存为 CSV，用 pandas：${code}.to_csv("my.csv", index=False)`,
});
const SAVE_SHEET: Text = { en: 'save the sheet as CSV', zh: '请把工作表另存为 CSV' };

/** Files that are no text, by their first bytes: what they are, and what to do. */
const FORMATS: readonly (readonly [magic: readonly number[], what: Text, todo: Text])[] = [
  [[0x1f, 0x8b], packed('gzip'), unpack('gunzip --keep')],
  [[...ascii('BZh'), ANY, ...ascii('1AY&SY')], packed('bzip2'), unpack('bunzip2 --keep')],
  [[0xfd, ...ascii('7zXZ'), 0x00], packed('xz'), unpack('unxz --keep')],
  [[0x28, 0xb5, 0x2f, 0xfd], packed('zstd'), unpack('unzstd')],
  [[...ascii('7z'), 0xbc, 0xaf, 0x27, 0x1c], { en: 'a 7z archive', zh: '7z 压缩包' }, unpack('7z x')],
  [
    [...ascii('PK'), 0x03, 0x04],
    { en: 'an Excel workbook or another zip file', zh: 'Excel 工作簿或其他 zip 文件' },
    SAVE_SHEET,
  ],
  [
    [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
    { en: 'an Excel workbook (xls)', zh: 'Excel 工作簿（xls）' },
    SAVE_SHEET,
  ],
  [ascii('PAR1'), { en: 'Parquet', zh: 'Parquet 文件' }, save('pandas.read_parquet(…)')],
  [ascii('ARROW1'), { en: 'an Arrow (Feather) file', zh: 'Arrow（Feather）文件' }, save('pandas.read_feather(…)')],
  [[0x89, ...ascii('HDF\r\n'), 0x1a, 0x0a], { en: 'HDF5', zh: 'HDF5 文件' }, save('pandas.read_hdf(…)')],
  [
    [0x93, ...ascii('NUMPY')],
    { en: 'a NumPy array (npy)', zh: 'NumPy 数组（npy）' },
    save('pandas.DataFrame(numpy.load(…))'),
  ],
  [
    ascii('SQLite format 3\0'),
    { en: 'an SQLite database', zh: 'SQLite 数据库' },
    { en: 'export the table as CSV', zh: '请把表导出为 CSV' },
  ],
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
    if (found.isDirectory()) throw new CsvError(file, {}, IS_FOLDER);
    // A pipe or a device may have no end, and gives a repeated run nothing.
    if (!found.isFile()) throw new CsvError(file, {}, NO_REGULAR_FILE);
    if (found.size > MOST_BYTES) {
      const [size, most] = [`${(found.size / 1e6).toFixed(1)} MB`, `${MOST_BYTES / 1e6} MB`];
      throw new CsvError(
        file,
        {},
        {
          en: `has ${size}, at most ${most} are read; train on a sample of its rows`,
          zh: `有 ${size}，最多读取 ${most}；请从中抽取一部分行来训练`,
        },
      );
    }
    bytes = new Uint8Array(await readFile(file));
  } catch (error) {
    throw error instanceof CsvError ? error : new CsvError(file, {}, whyUnreadable(error as NodeJS.ErrnoException));
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return { bytes, sha256: [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') };
}

const IS_FOLDER: Text = {
  en: 'is a directory; name a CSV file in it with data.path',
  zh: '是一个文件夹；请用 data.path 指定其中的 CSV 文件',
};
const NO_REGULAR_FILE: Text = {
  en: 'is not a regular file; save the data as a CSV file',
  zh: '不是普通文件；请把数据保存为 CSV 文件',
};

function whyUnreadable({ code, message }: NodeJS.ErrnoException): Text {
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return { en: 'there is no such file; check data.path', zh: '没有这个文件；请检查 data.path' };
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return {
      en: `may not be read (${code}); allow it, or copy the file`,
      zh: `没有读取权限（${code}）；请授予权限，或复制一份文件`,
    };
  }
  return {
    en: `cannot be read (${code ?? message}); check data.path`,
    zh: `无法读取（${code ?? message}）；请检查 data.path`,
  };
}

/**
 * The text of UTF-8 bytes, without a byte order mark.
 * @param file how errors call it
 * @throws CsvError naming the line of the first byte that is not text
 */
export function decodeCsv(file: string, bytes: Uint8Array): string {
  const starts = (...magic: number[]) => magic.every((byte, i) => byte === ANY || bytes[i] === byte);
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff)) {
    throw new CsvError(
      file,
      {},
      {
        en: 'is UTF-16, expected UTF-8; save it again as "CSV UTF-8"',
        zh: '是 UTF-16，应为 UTF-8；请另存为“CSV UTF-8”',
      },
    );
  }
  const known = FORMATS.find(([magic]) => starts(...magic));
  if (known) {
    const [, what, todo] = known;
    const reason = {
      en: `is ${what.en}, expected text; ${todo.en}`,
      zh: `是 ${what.zh}，应为文本；${todo.zh}`,
    };
    throw new CsvError(file, {}, reason);
  }
  const zero = bytes.indexOf(0);
  if (zero >= 0) {
    const row = 1 + bytes.subarray(0, zero).reduce((lines, byte) => lines + (byte === NEWLINE ? 1 : 0), 0);
    throw new CsvError(
      file,
      { row },
      {
        en: 'has a NUL byte, expected text: a binary file? Save the data as CSV in UTF-8',
        zh: '含有 NUL 字节，应为文本：是二进制文件吗？请把数据保存为 UTF-8 的 CSV',
      },
    );
  }
  try {
    return decode(bytes);
  } catch {
    throw new CsvError(
      file,
      { row: invalidLine(bytes) },
      {
        en: 'is not valid UTF-8; save the file again as "CSV UTF-8"',
        zh: '不是有效的 UTF-8（可能是 GBK）；请把文件另存为“CSV UTF-8”',
      },
    );
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
