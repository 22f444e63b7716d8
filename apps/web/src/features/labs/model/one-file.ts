import { ConfigError, CsvError, sha256Hex } from '@whorl/core';
import type { Prepared } from '@whorl/core/trainer';
import type { LabFile } from './messages.ts';

/** What a training in a page reads: the one file that its reader gave. */
export const oneFile = (file: LabFile | undefined) => ({
  mnist: () => Promise.reject(new Error('a lab has no pictures')),
  csv: async (path: string) => {
    if (!file)
      throw new CsvError(path, {}, { en: 'a page has no files; choose it again', zh: '网页中没有文件；请重新选择' });
    return { bytes: file.bytes, sha256: await nameOfBytes(file.bytes) };
  },
});

/** SHA-256 or, where a page has none, the bytes themselves: what tells one file from another. */
async function nameOfBytes(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return globalThis.crypto?.subtle ? sha256Hex(bytes) : bytes.join(' ');
}

/** @throws ConfigError where the points do not lie in a plane */
export function refuseOtherThanPlanar({ train, outline }: Prepared): void {
  if (train.features === 2) return;
  const names = outline?.features.join(', ') ?? '';
  throw new ConfigError('data', {
    en: `got ${train.features} feature columns (${names}), expected two, so that there is a plane to draw; npx whorl run trains on all of them`,
    zh: `有 ${train.features} 个特征列（${names}），应为两个，才能画在平面上；npx whorl run 可以用全部列训练`,
  });
}
