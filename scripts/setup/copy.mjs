import { copyFileSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';

/** Copies `from` to `to` so that nobody ever sees half a file. @param {string} from @param {string} to */
export function copyWhole(from, to) {
  mkdirSync(path.dirname(to), { recursive: true });
  const part = `${to}.${process.pid}`;
  copyFileSync(from, part);
  renameSync(part, to);
}
