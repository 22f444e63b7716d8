import { availableParallelism } from 'node:os';
import { type Config, ConfigError, LIVE_STATUSES, parseEngine, refuseEager } from '@whorl/core';
import { openTidied, type RunRecord, type Store } from '@whorl/store';
import { words } from '../messages/index.ts';
import { readSettings } from '../record/settings.ts';
import { stopSignals } from '../stopping/stop-signals.ts';
import { EXIT, reportError } from '../terminal/exit.ts';
import type { TrainingSettings } from './engine-choice.ts';

const MOST_JOBS = 256;
/** The options of all commands that train. */
export interface SessionOptions {
  readonly engine: string;
  readonly eager?: boolean;
  readonly jobs?: string;
}

/** What a training command works with. */
export interface Session {
  readonly store: Store;
  readonly settings: TrainingSettings;
  readonly jobs: number;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** The number of processes; one for each core by default. */
function parseJobs(text: string | undefined): number {
  if (text === undefined) return availableParallelism();
  const jobs = Number(text);
  if (Number.isInteger(jobs) && jobs >= 1 && jobs <= MOST_JOBS) return jobs;
  throw new ConfigError('--jobs', words().run.jobs(MOST_JOBS, text));
}

/**
 * Opens the store for a command that trains, and closes it when `work` is done. Ctrl-C, SIGTERM and a closed terminal abort
 * the signal; a second one ends the process.
 * @throws ConfigError before anything is written
 */
export async function inSession(options: SessionOptions, work: (session: Session) => Promise<void>): Promise<void> {
  const jobs = parseJobs(options.jobs);
  const engine = parseEngine(options.engine);
  refuseEager(engine, options.eager ?? false);
  const { home, databaseUrl } = readSettings();
  const store = await openTidied({ home, databaseUrl });
  // A closed terminal (SIGHUP) ends the command only where there was a terminal: below nohup the training is meant to go on.
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
    process.exitCode = EXIT.interrupted; // a failure after Ctrl-C is not what ended the command
  } finally {
    interrupt.off();
    process.off('SIGHUP', ignore);
    await store.close();
  }
}

/** The run of a finished task. A run that still counts as running is ended as `crashed`, because its process died. */
export async function endedRun(store: Store, id: string): Promise<RunRecord> {
  const run = await store.runs.get(id);
  if (!LIVE_STATUSES.includes(run.status)) return run;
  await store.runs.markCrashed();
  return store.runs.get(id);
}

/** Those of the planned runs of which the experiment already has a finished run. */
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

/** A name that no other command has. */
const launchName = (): string => `${new Date().toISOString()} ${process.pid}`;
