import { availableParallelism } from 'node:os';
import { type Config, ConfigError, LIVE_STATUSES, parseEngine, refuseEager } from '@whorl/core';
import { openTidied, type RunRecord, type Store } from '@whorl/store';
import { words } from '../messages/index.ts';
import { readSettings } from '../record/settings.ts';
import { stopSignals } from '../stopping/stop-signals.ts';
import { EXIT, reportError } from '../terminal/exit.ts';
import type { WorkerSettings } from './messages.ts';

const MOST_JOBS = 256;
/** What the commands that train are asked for, each in its own words. */
export interface SessionOptions {
  readonly engine: string;
  readonly eager?: boolean;
  readonly jobs?: string;
}

/** A command that trains, while it lasts. */
export interface Session {
  readonly store: Store;
  readonly settings: WorkerSettings;
  readonly jobs: number;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** One process per core, where nothing else is said. */
function parseJobs(text: string | undefined): number {
  if (text === undefined) return availableParallelism();
  const jobs = Number(text);
  if (Number.isInteger(jobs) && jobs >= 1 && jobs <= MOST_JOBS) return jobs;
  throw new ConfigError('--jobs', words().run.jobs(MOST_JOBS, text));
}

/**
 * Opens the store for a command that trains, and closes it when `work` is done. Ctrl-C aborts the signal, and ends the
 * process when it comes twice; so do SIGTERM and the end of the terminal.
 * @throws ConfigError before anything is written
 */
export async function inSession(options: SessionOptions, work: (session: Session) => Promise<void>): Promise<void> {
  const jobs = parseJobs(options.jobs);
  const engine = parseEngine(options.engine);
  refuseEager(engine, options.eager ?? false);
  const { home, databaseUrl } = readSettings();
  const store = await openTidied({ home, databaseUrl });
  // Whose terminal closes is not there any more; who has none, as below nohup, wants the training to go on.
  const hasTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
  const interrupt = stopSignals(['SIGINT', 'SIGTERM', ...(hasTerminal ? (['SIGHUP'] as const) : [])]);
  const ignore = () => {};
  process.on('SIGHUP', ignore);
  try {
    const settings = { home, databaseUrl, engine, eager: options.eager ?? false, launch: launchName() };
    await work({ store, settings, jobs, signal: interrupt.signal });
    if (interrupt.signal.aborted) process.exitCode = EXIT.interrupted;
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    reportError(error);
    process.exitCode = EXIT.interrupted; // what failed after Ctrl-C did not end the command
  } finally {
    interrupt.off();
    process.off('SIGHUP', ignore);
    await store.close();
  }
}

/** A run whose task has ended: `crashed` where its process died under it. */
export async function endedRun(store: Store, id: string): Promise<RunRecord> {
  const run = await store.runs.get(id);
  if (!LIVE_STATUSES.includes(run.status)) return run;
  await store.runs.markCrashed();
  return store.runs.get(id);
}

/** Those of the planned runs that an experiment has finished runs of. */
export async function findRecorded<P extends { readonly config: Config }>(
  store: Store,
  experimentId: string,
  planned: readonly P[],
): Promise<Map<P, RunRecord>> {
  const found = new Map<P, RunRecord>();
  for (const item of planned) {
    const record = await store.runs.findRecorded(experimentId, item.config);
    if (record) found.set(item, record);
  }
  return found;
}

/** What no other command is called. */
const launchName = (): string => `${new Date().toISOString()} ${process.pid}`;
