import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { StoreError } from './errors.ts';
import { migrationNames } from './schema-engine.ts';
import { BUSY_TIMEOUT_MS } from './sql/connection.ts';

/** The file that holds the database, whether it is there or not. @throws StoreError `bad-input` for one that is none of SQLite */
export function databaseFile(home: string, url: string | undefined): string {
  if (url === undefined || url === '') return path.resolve(home, 'whorl.db');
  if (!url.startsWith('file:')) {
    throw new StoreError('bad-input', `DATABASE_URL: expected file:/path/to/whorl.db, got "${url}"`);
  }
  return path.resolve(url.slice('file:'.length));
}

/** A word for the file that lies at a path now, another one for a file that was put in its place; null where there is none. */
export function fileIdentity(file: string): string | null {
  try {
    const { dev, ino } = statSync(file, { bigint: true });
    return `${dev}/${ino}`;
  } catch {
    return null;
  }
}

/** What a database file says of its migrations, and whether changes go to a log beside it before they go into it. */
interface Inspected {
  readonly applied: readonly string[];
  readonly foreign: boolean;
  readonly isLogged: boolean;
}

function inspect(file: string): Inspected {
  if (!existsSync(file)) return { applied: [], foreign: false, isLogged: false };
  if (statSync(file).isDirectory()) {
    throw new StoreError('unusable', {
      en: `${file} is a folder and no database; move it away, or set WHORL_HOME to another folder`,
      zh: `${file} 是文件夹而不是数据库；请将它移走，或将 WHORL_HOME 设为另一个文件夹`,
    });
  }
  const sqlite = new Database(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    const tables = sqlite.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[];
    const isLogged = sqlite.pragma('journal_mode', { simple: true }) === 'wal';
    if (!tables.includes('_prisma_migrations')) return { applied: [], foreign: tables.length > 0, isLogged };
    const applied = sqlite
      .prepare('SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL')
      .pluck()
      .all() as string[];
    return { applied, foreign: false, isLogged };
  } finally {
    sqlite.close();
  }
}

/** Whether a database file has every migration. @throws StoreError for one that is not ours or of a newer version */
function isCurrent(file: string, { applied, foreign }: Inspected, wanted: readonly string[]): boolean {
  if (foreign) {
    throw new StoreError('unusable', `${file} is a database of another program; set WHORL_HOME to another folder`);
  }
  const unknown = applied.find((name) => !wanted.includes(name));
  if (unknown) {
    throw new StoreError(
      'unusable',
      `${file} was written by a newer Whorl (it has the migration ${unknown}); update Whorl`,
    );
  }
  return applied.length === wanted.length;
}

/** @throws StoreError where the file cannot be read as it is. @param called what it is a copy of */
export async function mustBeCurrent(file: string, called: string): Promise<void> {
  if (isCurrent(file, inspect(file), await migrationNames())) return;
  throw new StoreError('unusable', `${called} was written by an older Whorl; whorl serve brings it up to date`);
}

/**
 * Refuses a file without a byte beside the files of a record: SQLite takes it for a new database, and a record would be gone
 * without a word. Without such files it is what a process left that died as it began.
 */
export function refuseEmptied(file: string, artifacts: string): void {
  if (!existsSync(file) || statSync(file).size > 0 || !existsSync(artifacts)) return;
  throw new StoreError('unusable', {
    en: `${file} is empty, and the artifacts beside it are those of a record; put a copy in its place, or move both away and Whorl starts a new one`,
    zh: `${file} 是空的，而旁边的 artifacts 属于一份记录；请换上备份，或将两者都移走，Whorl 会新建一份`,
  });
}

/** Brings a database file to this version's schema and way of writing, and makes it where it is missing. @throws StoreError */
export async function migrate(file: string): Promise<void> {
  const wanted = await migrationNames();
  const found = inspect(file);
  if (isCurrent(file, found, wanted) && found.isLogged) return;
  // One process migrates, the others wait. A lock of SQLite's own goes when its process dies.
  const lock = new Database(`${file}-migrating`, { timeout: 60_000 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    if (!isCurrent(file, inspect(file), wanted)) {
      // Loaded here: the engine is 2 MB of WebAssembly, and most commands find nothing to migrate.
      const { applyMigrations } = await import('./schema-engine.ts');
      await applyMigrations(file);
    }
    writeToLog(file);
  } finally {
    lock.close();
  }
}

/**
 * Has changes go to a log, so that who reads waits for nobody who writes; the file keeps it. Of two processes that ask for
 * it at once SQLite refuses one without waiting: only for who holds the lock.
 */
function writeToLog(file: string): void {
  const sqlite = new Database(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    sqlite.pragma('journal_mode = WAL');
  } finally {
    sqlite.close();
  }
}
