import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import Database from 'better-sqlite3';
import { ArtifactStore } from './artifacts.ts';
import { explainSqlite, StoreError } from './errors.ts';
import { ExperimentStore } from './experiments.ts';
import { PrismaClient } from './generated/client.ts';
import { KeptAnswers } from './kept-answers.ts';
import { MetricStore } from './metrics.ts';
import { RunSetStore } from './run-sets.ts';
import { RunStore } from './runs.ts';
import { migrationNames } from './schema-engine.ts';
import { ShareStore } from './shares.ts';
import { Statements } from './sql.ts';
import { addFunctions } from './sql-functions.ts';
import { ViewStore } from './views.ts';

export interface StoreOptions {
  /** The folder that holds whorl.db and artifacts/; made where it is not there. */
  readonly home: string;
  /** Another place for the database: `file:/path/to.db`. */
  readonly databaseUrl?: string | undefined;
  /** Only to be read: nothing is made, migrated or changed. */
  readonly readOnly?: boolean | undefined;
}

/** The record: everything that Whorl keeps. */
export interface Store {
  readonly home: string;
  readonly databaseFile: string;
  readonly experiments: ExperimentStore;
  readonly runs: RunStore;
  readonly metrics: MetricStore;
  readonly artifacts: ArtifactStore;
  readonly shares: ShareStore;
  readonly views: ViewStore;
  readonly runSets: RunSetStore;
  /** What was found for a question before, where nothing in the record has changed since; otherwise what is found now. */
  kept<T>(question: string, find: () => T): T;
  /** A word that is another one after any change of the record, by whomever. */
  revision(): string;
  /** What SQLite's integrity check finds wrong, null where nothing is. */
  check(): string | null;
  close(): Promise<void>;
}

const BUSY_TIMEOUT_MS = 15_000;
/** The indexes of tens of thousands of runs stay in memory. */
const CACHE_KIB = 65_536;
const MOST_ANSWERS = 16;

/**
 * Opens the record, makes it where it is missing and brings it to this version's schema. Runs whose process
 * died are marked `crashed` on the way.
 * @throws StoreError `unusable` for a folder or file that cannot be used; nothing is written then. `not-found` where there
 *   is no record to be only read
 */
export async function openStore({ home, databaseUrl, readOnly = false }: StoreOptions): Promise<Store> {
  const file = databaseFile(home, databaseUrl);
  let sqlite: Database.Database | undefined;
  try {
    if (readOnly) await mustBeCurrent(file);
    else {
      mkdirSync(path.dirname(file), { recursive: true });
      await migrate(file);
    }
    const options = { readonly: readOnly, timeout: BUSY_TIMEOUT_MS };
    sqlite = new Database(file, options);
    addFunctions(sqlite);
    if (!readOnly) sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = NORMAL');
    sqlite.pragma('foreign_keys = ON');
    sqlite.pragma(`cache_size = -${CACHE_KIB}`);
    const prisma = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: file, ...options }) });
    const metrics = new MetricStore(sqlite, file);
    const statements = new Statements(sqlite);
    const runs = new RunStore(prisma, statements, metrics);
    const runSets = new RunSetStore(prisma);
    const answers = new KeptAnswers<unknown>(statements, MOST_ANSWERS);
    const connection = sqlite;
    if (!readOnly) await runs.markCrashed();
    return {
      home,
      databaseFile: file,
      experiments: new ExperimentStore(prisma, statements),
      runs,
      metrics,
      artifacts: new ArtifactStore(prisma, path.join(home, 'artifacts')),
      shares: new ShareStore(prisma, runSets),
      views: new ViewStore(prisma),
      runSets,
      kept: <T>(question: string, find: () => T) => answers.get(question, find) as T,
      revision: () => statements.revision(),
      check: () => {
        const result = connection.pragma('integrity_check', { simple: true }) as string;
        return result === 'ok' ? null : result;
      },
      close: async () => {
        await prisma.$disconnect();
        connection.close();
      },
    };
  } catch (error) {
    sqlite?.close();
    throw explainSqlite(error, file);
  }
}

/** The file that holds the database, whether it is there or not. @throws StoreError `bad-input` for one that is none of SQLite */
export function databaseFile(home: string, url: string | undefined): string {
  if (url === undefined || url === '') return path.resolve(home, 'whorl.db');
  if (!url.startsWith('file:')) {
    throw new StoreError('bad-input', `DATABASE_URL: expected file:/path/to/whorl.db, got "${url}"`);
  }
  return path.resolve(url.slice('file:'.length));
}

/** What a database file says of its migrations. */
function inspect(file: string): { applied: string[]; foreign: boolean } {
  if (!existsSync(file)) return { applied: [], foreign: false };
  const sqlite = new Database(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    const tables = sqlite.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[];
    if (!tables.includes('_prisma_migrations')) return { applied: [], foreign: tables.length > 0 };
    const applied = sqlite
      .prepare('SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL')
      .pluck()
      .all() as string[];
    return { applied, foreign: false };
  } finally {
    sqlite.close();
  }
}

/** Whether a database file has every migration. @throws StoreError for one that is not ours or of a newer version */
function isCurrent(file: string, wanted: readonly string[]): boolean {
  const { applied, foreign } = inspect(file);
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

async function mustBeCurrent(file: string): Promise<void> {
  if (!existsSync(file)) throw new StoreError('not-found', `there is no record at ${file}`);
  if (isCurrent(file, await migrationNames())) return;
  throw new StoreError('unusable', `${file} was written by an older Whorl; whorl serve brings it up to date`);
}

async function migrate(file: string): Promise<void> {
  const wanted = await migrationNames();
  if (isCurrent(file, wanted)) return;
  // One process migrates, the others wait. A lock of SQLite's own goes when its process dies.
  const lock = new Database(`${file}-migrating`, { timeout: 60_000 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    if (isCurrent(file, wanted)) return;
    // Loaded here: the engine is 2 MB of WebAssembly, and most commands find nothing to migrate.
    const { applyMigrations } = await import('./schema-engine.ts');
    await applyMigrations(file);
  } finally {
    lock.close();
  }
}
