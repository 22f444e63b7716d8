import { CsvError } from '../text/errors.ts';
import type { Text } from '../text/text.ts';

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

/** Files that are not text, told by their first bytes: what they are, and what to do. */
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

/**
 * The text of UTF-8 bytes, without a byte order mark.
 * @param file what errors call the file
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

/**
 * The line of the first invalid byte. Lines can be decoded one by one, as a newline is never part of a longer
 * character.
 */
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
