import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { ConfigError } from '@whorl/core';
import { z } from 'zod';
import { words } from '../messages/index.ts';

/** The files of a report: each by its path in the folder, with `/` between its parts. */
export type WriteupFiles = ReadonlyMap<string, string | Uint8Array>;

/** Says in a folder that `whorl report` wrote it, and what: whoever writes in a file of it is not written over. */
const MARK = '.whorl-report.json';
const markSchema = z.object({ files: z.record(z.string(), z.string()) });

const hashOf = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/**
 * Writes a report's folder, all of it or nothing: beside the place where it goes, and then there. What was there before is
 * removed where it is a report as it was written; with `replace` anything else is set aside.
 * @returns where what was there is now; null where nothing is set aside
 * @throws ConfigError where something is there that would be lost
 */
export function writeWriteupFolder(folder: string, files: WriteupFiles, { replace = false } = {}): string | null {
  const before = whatIsThere(folder);
  if (before !== null && before !== 'ours' && !replace) {
    const { notOurs, changed } = words().report;
    throw new ConfigError('--to', before === 'other' ? notOurs(folder) : changed(folder, before));
  }
  const part = beside(folder, `${process.pid}.part`);
  try {
    writeAll(part, files);
    if (before === null) {
      rmSync(folder, { recursive: true, force: true }); // an empty folder at most
      renameSync(part, folder);
      return null;
    }
    const aside = before === 'ours' ? beside(folder, `${process.pid}.old`) : freeName(folder);
    renameSync(folder, aside);
    try {
      renameSync(part, folder);
    } catch (error) {
      renameSync(aside, folder);
      throw error;
    }
    if (before !== 'ours') return aside;
    rmSync(aside, { recursive: true, force: true });
    return null;
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}

const beside = (folder: string, end: string): string =>
  path.join(path.dirname(folder), `.${path.basename(folder)}.${end}`);

function writeAll(folder: string, files: WriteupFiles): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, data] of files) {
    const file = path.join(folder, ...name.split('/'));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, data);
  }
  const hashes = Object.fromEntries([...files].map(([name, data]) => [name, hashOf(data)]));
  writeFileSync(path.join(folder, MARK), `${JSON.stringify({ files: hashes }, null, 2)}\n`);
}

/** Null: nothing; `ours`: a report as it was written; `other`: something else; else the files of a report that changed. */
function whatIsThere(folder: string): null | 'ours' | 'other' | readonly string[] {
  if (!existsSync(folder)) return null;
  if (!lstatSync(folder).isDirectory()) return 'other';
  const found = filesIn(folder);
  if (found.length === 0) return null;
  const mark = readMark(folder);
  if (!mark) return 'other';
  const changed = found.filter(
    (name) => name !== MARK && mark[name] !== hashOf(readFileSync(path.join(folder, ...name.split('/')))),
  );
  return changed.length === 0 ? 'ours' : changed;
}

const filesIn = (folder: string, under = ''): string[] =>
  readdirSync(path.join(folder, under), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(under, entry.name);
    return entry.isDirectory() ? filesIn(folder, name) : [name];
  });

function readMark(folder: string): Readonly<Record<string, string>> | null {
  try {
    return markSchema.parse(JSON.parse(readFileSync(path.join(folder, MARK), 'utf8'))).files;
  } catch {
    return null; // no mark, or one that somebody else wrote
  }
}

/** A name beside a folder that nothing has: `report.before`, `report.before-2`. */
function freeName(folder: string): string {
  for (let n = 1; ; n++) {
    const name = `${folder}.before${n === 1 ? '' : `-${n}`}`;
    if (!existsSync(name)) return name;
  }
}
