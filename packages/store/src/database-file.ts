import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { StoreError } from './errors.ts';
import { migrationNames } from './schema-engine.ts';
import { BUSY_TIMEOUT_MS } from './sql/connection.ts';

/**
 * The path of the database's file, whether it exists or not. @throws StoreError `bad-input` for a URL that is not
 * SQLite's
 */
export function databaseFile(home: string, url: string | undefined): string {
  if (url === undefined || url === '') return path.resolve(home, 'whorl.db');
  if (!url.startsWith('file:')) {
    throw new StoreError('bad-input', `DATABASE_URL: expected file:/path/to/whorl.db, got "${url}"`);
  }
  return path.resolve(url.slice('file:'.length));
}

/**
 * Text that identifies the file at a path, and changes when another file is put in its place; null where there is none.
 */
export function fileIdentity(file: string): string | null {
  try {
    const { dev, ino } = statSync(file, { bigint: true });
    return `${dev}/${ino}`;
  } catch {
    return null;
  }
}

/** The migrations that a database file records, and whether it uses a write-ahead log. */
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

/**
 * Whether a database file has every migration. @throws StoreError for one that is not Whorl's or is of a newer version
 */
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

/** @throws StoreError where the file cannot be read as it is. @param called what the file is a copy of */
export async function mustBeCurrent(file: string, called: string): Promise<void> {
  if (isCurrent(file, inspect(file), await migrationNames())) return;
  throw new StoreError('unusable', `${called} was written by an older Whorl; whorl serve brings it up to date`);
}

/**
 * Refuses an empty file beside the files of a record: SQLite would take it for a new database, and the record would
 * silently be gone. An empty file without them was left by a process that died at its start.
 * @throws StoreError `unusable`
 */
export function refuseEmptied(file: string, artifacts: string): void {
  if (!existsSync(file) || statSync(file).size > 0 || !existsSync(artifacts)) return;
  throw new StoreError('unusable', {
    en: `${file} is empty, and the artifacts beside it are those of a record; put a copy in its place, or move both away and Whorl starts a new one`,
    zh: `${file} 是空的，而旁边的 artifacts 属于一份记录；请换上备份，或将两者都移走，Whorl 会新建一份`,
  });
}

/** Migrates a database file to this version's schema and write-ahead log, or makes it. @throws StoreError */
export async function migrate(file: string): Promise<void> {
  const wanted = await migrationNames();
  const found = inspect(file);
  if (isCurrent(file, found, wanted) && found.isLogged) return;
  // One process migrates, the others wait. SQLite's own lock ends with its process.
  const lock = new Database(`${file}-migrating`, { timeout: 60_000 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    if (!isCurrent(file, inspect(file), wanted)) {
      // Loaded only here: the engine is 2 MB of WebAssembly, and most commands find nothing to migrate.
      const { applyMigrations } = await import('./schema-engine.ts');
      await applyMigrations(file);
    }
    writeToLog(file);
  } finally {
    lock.close();
  }
}

/**
 * Switches the file to a write-ahead log, for good, so that readers do not wait for writers. SQLite refuses, without
 * waiting, one of two processes that ask at once: only the holder of the lock asks.
 */
function writeToLog(file: string): void {
  const sqlite = new Database(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    sqlite.pragma('journal_mode = WAL');
  } finally {
    sqlite.close();
  }
}
