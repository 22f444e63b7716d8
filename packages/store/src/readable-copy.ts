import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { sqliteCode } from './errors.ts';

// SQLite reads a database with a write-ahead log only where it finds, or can make, the log's index beside it. In a
// folder that cannot be written, and on a full disk, it can do neither, and the driver is built without URIs that say
// "immutable". Then a copy is read, where there is room for one.

/** A database file that can be opened for reading. */
export interface Readable {
  readonly file: string;
  /** To be called when nothing reads it any more. */
  release(): void;
}

/** Folders where a copy may have room: the one for temporary files, and memory. */
const PLACES = [tmpdir(), '/dev/shm'];

const CANNOT_MAKE_INDEX = /^SQLITE_(CANTOPEN|READONLY|FULL|IOERR)/;

/**
 * The file itself where SQLite can read it, else a copy of it and its log. @throws the error of SQLite or the file
 * system
 */
export function readableFile(file: string): Readable {
  const { why } = probe(file);
  if (why === null) return { file, release: () => {} };
  if (!CANNOT_MAKE_INDEX.test(sqliteCode(why) ?? '') || !statSync(file).isFile()) throw why;
  for (const place of PLACES) {
    try {
      const folder = mkdtempSync(path.join(place, 'whorl-read-')); // mode 0700: only this user can read it
      const release = () => rmSync(folder, { recursive: true, force: true });
      process.once('exit', release);
      const copy = path.join(folder, 'whorl.db');
      try {
        copyFileSync(file, copy);
        if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
        if (probe(copy).why === null) return { file: copy, release };
      } catch {
        // no room here, or the file cannot be read at all: the first failure is reported
      }
      release();
    } catch {
      // no such folder
    }
  }
  throw why;
}

function probe(file: string): { readonly why: unknown } {
  let sqlite: Database.Database | undefined;
  try {
    sqlite = new Database(file, { readonly: true, fileMustExist: true });
    sqlite.prepare('SELECT count(*) FROM sqlite_master').get();
    return { why: null };
  } catch (error) {
    return { why: error };
  } finally {
    sqlite?.close();
  }
}
