import { readFile, stat } from 'node:fs/promises';
import type { CsvFile } from '../data/data-sources.ts';
import { CsvError } from '../text/errors.ts';
import { sha256Hex } from '../text/sha256.ts';
import type { Text } from '../text/text.ts';

/** The largest file: it is read whole and must fit into memory together with its numbers. */
const MOST_BYTES = 100e6;

/**
 * Reads a whole file.
 * @throws CsvError for what is not a file, cannot be read or is too large
 */
export async function readCsvFile(file: string): Promise<CsvFile> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    const found = await stat(file);
    if (found.isDirectory()) throw new CsvError(file, {}, IS_FOLDER);
    // A pipe or a device may never end, and gives a repeated run nothing.
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
  return { bytes, sha256: await sha256Hex(bytes) };
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
