// What set-up fetches by itself and runs is of known bytes: their SHA-256 stands here, and no other byte is used.

import { createHash } from 'node:crypto';
import { createReadStream, rmSync } from 'node:fs';
import path from 'node:path';
import { words } from './language.mjs';

/**
 * TensorFlow's wheel for each platform on which the native engine is prepared, and the libraries in it. For others nothing
 * is fetched: training runs on WebAssembly there.
 * @type {Readonly<Record<string, { version: string, wheelPlatform: string, wheel: string, libraries: Readonly<Record<string, string>> }>>}
 */
export const TENSORFLOW = {
  'linux-x64': {
    version: '2.21.0',
    wheelPlatform: 'manylinux_2_27_x86_64',
    wheel: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
    libraries: {
      'libtensorflow_cc.so.2': '6505a4b9657e62100c6bdacb683957a395cb047725042945aaa50e40a71e429e',
      'libtensorflow_framework.so.2': 'f060b323b26ef80add21b9df9428de3aeaf2843d772c5bb098745f7abff3709b',
    },
  },
};

/** A file that is not the one that is known; it is not used. */
export class WrongBytes extends Error {}

/** @param {string} file */
async function sha256Of(file) {
  const hash = createHash('sha256');
  for await (const part of createReadStream(file)) hash.update(part);
  return hash.digest('hex');
}

/**
 * Takes away a file of other bytes, so that the next set-up fetches it anew.
 * @param {string} file
 * @param {string} expected its SHA-256, hexadecimal
 * @throws WrongBytes saying what came and what was expected
 */
export async function mustBe(file, expected) {
  const came = await sha256Of(file);
  if (came === expected) return;
  rmSync(file);
  const name = path.basename(file);
  throw new WrongBytes(
    words(
      `${name} is not the known file: SHA-256 expected ${expected}, got ${came}; it was deleted, npm run setup fetches it again`,
      `${name} 不是已知的文件：SHA-256 应为 ${expected}，得到的是 ${came}；已将它删除，npm run setup 会重新下载`,
    ),
  );
}
