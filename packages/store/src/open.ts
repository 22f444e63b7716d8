import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { ArtifactFiles } from './artifact-files.ts';
import { ArtifactStore } from './artifacts.ts';
import { databaseFile, fileIdentity, migrate, mustBeCurrent, refuseEmptied } from './database-file.ts';
import { Deletions } from './deletions.ts';
import { DemonstrationStore } from './demonstrations.ts';
import { explainSqlite, StoreError } from './errors.ts';
import { type Examination, examine } from './examination.ts';
import { ExperimentTags } from './experiment-tags.ts';
import { ExperimentStore } from './experiments.ts';
import { explained } from './explained.ts';
import { FileTrees } from './file-trees.ts';
import { ImportedFiles } from './imported-files.ts';
import { LoggedModels } from './logged-models.ts';
import { LoggedRuns } from './logged-runs.ts';
import { MemoizedReads } from './memoized-reads.ts';
import { MetricStore } from './metrics.ts';
import { OwnerlessRows } from './ownerless-rows.ts';
import { LazyPrisma } from './prisma-client.ts';
import { type Readable, readableFile } from './readable-copy.ts';
import { RunInputs } from './run-inputs.ts';
import { RunSetStore } from './run-sets.ts';
import { RunStore } from './runs.ts';
import { ShareStore } from './shares.ts';
import { BUSY_TIMEOUT_MS, connectTo } from './sql/connection.ts';
import { Statements } from './sql/statements.ts';
import { ViewStore } from './views.ts';
import { WholeRuns } from './whole-runs.ts';

export interface StoreOptions {
  /** The folder of whorl.db and artifacts/; made if missing, for this user only. */
  readonly home: string;
  /** Another place for the database: `file:/path/to.db`. */
  readonly databaseUrl?: string | undefined;
  /**
   * To read only: nothing is made, migrated or changed. `if needed`: only where writing is impossible, as on a full
   * disk.
   */
  readonly readOnly?: boolean | 'if needed' | undefined;
}

/** The record: everything that Whorl keeps. */
export interface Store {
  readonly home: string;
  readonly databaseFile: string;
  /** Why it is opened for reading only though writing was asked for; null where writing works. */
  readonly readOnlyBecause: StoreError | null;
  readonly experiments: ExperimentStore;
  readonly experimentTags: ExperimentTags;
  readonly runs: RunStore;
  readonly logged: LoggedRuns;
  /** Runs that come whole, with their files. */
  readonly whole: WholeRuns;
  readonly models: LoggedModels;
  readonly inputs: RunInputs;
  readonly imported: ImportedFiles;
  readonly metrics: MetricStore;
  readonly artifacts: ArtifactStore;
  /** The files that programs log. */
  readonly files: FileTrees;
  readonly shares: ShareStore;
  readonly views: ViewStore;
  readonly demonstrations: DemonstrationStore;
  /** What is deleted for good. */
  readonly deletions: Deletions;
  readonly ownerless: OwnerlessRows;
  readonly runSets: RunSetStore;
  /** The result of `find` for a question, kept until anything in the record changes. */
  kept<T>(question: string, find: () => T): T;
  /** Text that changes with every change of the record, by whichever process. */
  revision(): string;
  /** Whether the open file is still at its place: it may have been deleted, or replaced by another. */
  isInPlace(): boolean;
  /** Damage that SQLite's integrity check finds; null for none. */
  check(): string | null;
  /** Reads the whole record, and reports what is damaged. */
  examine(): Promise<Examination>;
  /**
   * Marks runs of dead processes as `crashed`, and sweeps what these left unfinished. What the record cannot take now,
   * as on a full disk, waits for the next time.
   */
  tidy(): Promise<void>;
  close(): Promise<void>;
}

const MOST_ANSWERS = 16;

/**
 * Opens the record: makes it if missing, and migrates it to this version's schema. Nothing recorded changes.
 * @throws StoreError `unusable` or `read-only` for a folder or file that cannot be used, and then nothing is written;
 * `not-found` for a record to be only read that does not exist
 */
export async function openStore({ readOnly = false, ...place }: StoreOptions): Promise<Store> {
  if (readOnly !== 'if needed') return readOnly ? openToRead(place, null) : openToWrite(place);
  try {
    return await openToWrite(place);
  } catch (error) {
    if (!(error instanceof StoreError) || !CANNOT_WRITE.includes(error.code)) throw error;
    return openToRead(place, error);
  }
}

/**
 * The same for a process that shows the record or goes on with it: first marks runs of dead processes, if it can write.
 */
export async function openTidied(options: StoreOptions): Promise<Store> {
  const store = await openStore(options);
  try {
    await store.tidy();
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

const CANNOT_WRITE: readonly string[] = ['read-only', 'disk-full'];
const canWait = (error: unknown): boolean =>
  error instanceof StoreError && (CANNOT_WRITE.includes(error.code) || error.code === 'busy');

type Place = Pick<StoreOptions, 'home' | 'databaseUrl'>;

const artifactsOf = (home: string): string => path.join(home, 'artifacts');

async function openToWrite(place: Place): Promise<Store> {
  const file = databaseFile(place.home, place.databaseUrl);
  try {
    mkdirSync(place.home, { recursive: true, mode: 0o700 });
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    refuseEmptied(file, artifactsOf(place.home));
    await migrate(file);
    return connect(place, { file, release: () => {} }, null);
  } catch (error) {
    throw explainSqlite(error, file);
  }
}

async function openToRead(place: Place, because: StoreError | null): Promise<Store> {
  const file = databaseFile(place.home, place.databaseUrl);
  if (fileIdentity(file) === null) throw new StoreError('not-found', `there is no record at ${file}`);
  let readable: Readable | undefined;
  try {
    readable = readableFile(file);
    await mustBeCurrent(readable.file, file);
    return connect(place, readable, because, true);
  } catch (error) {
    readable?.release();
    throw explainSqlite(error, file);
  }
}

function connect(
  { home, databaseUrl }: Place,
  readable: Readable,
  readOnlyBecause: StoreError | null,
  readonly = false,
): Store {
  const file = databaseFile(home, databaseUrl);
  const sqlite = connectTo(readable.file, { readonly });
  const identity = fileIdentity(file);
  const prisma = new LazyPrisma({ url: readable.file, readonly, timeout: BUSY_TIMEOUT_MS });
  const statements = new Statements(sqlite);
  const metrics = new MetricStore(statements);
  const files = new ArtifactFiles(artifactsOf(home));
  const artifacts = new ArtifactStore(statements, files);
  const runs = new RunStore(prisma, statements, metrics, () => artifacts.sweep());
  const runSets = new RunSetStore(prisma);
  const answers = new MemoizedReads<unknown>(statements, MOST_ANSWERS);
  const whole = explained(
    {
      check: () => statements.structureProblems(1)[0] ?? null,
      examine: () => examine(statements, metrics, files),
      tidy: async () => {
        try {
          await runs.markCrashed();
        } catch (error) {
          if (!canWait(explainSqlite(error, file))) throw error;
        }
      },
      revision: () => statements.revision(),
      kept: <T>(question: string, find: () => T) => answers.get(question, find) as T,
    },
    file,
  );
  return {
    home,
    databaseFile: file,
    readOnlyBecause,
    experiments: explained(new ExperimentStore(prisma, statements), file),
    experimentTags: explained(new ExperimentTags(statements), file),
    runs: explained(runs, file),
    logged: explained(new LoggedRuns(statements, metrics, artifacts), file),
    whole: explained(new WholeRuns(statements, metrics, files), file),
    models: explained(new LoggedModels(statements), file),
    inputs: explained(new RunInputs(statements), file),
    imported: explained(new ImportedFiles(statements), file),
    metrics: explained(metrics, file),
    artifacts: explained(artifacts, file),
    files: explained(new FileTrees(statements, files, artifacts), file),
    shares: explained(new ShareStore(prisma, statements, runSets), file),
    views: explained(new ViewStore(prisma, statements), file),
    demonstrations: explained(new DemonstrationStore(prisma, statements), file),
    runSets: explained(runSets, file),
    deletions: explained(new Deletions(statements, artifacts), file),
    ownerless: explained(new OwnerlessRows(statements), file),
    kept: whole.kept,
    revision: whole.revision,
    isInPlace: () => fileIdentity(file) === identity,
    check: whole.check,
    examine: whole.examine,
    tidy: whole.tidy,
    close: async () => {
      await prisma.close();
      sqlite.close();
      readable.release();
    },
  };
}
