import { availableParallelism } from 'node:os';
import { ConfigError, getStudy, LIVE_STATUSES, writeAssignment } from '@whorl/core';
import { openStore, type RunRecord, type Store } from '@whorl/store';
import { colour } from '../colour.ts';
import { EXIT, RunFailedError } from '../exit.ts';
import { withFiles } from '../files.ts';
import { experimentUrl, runUrl, serverAddress } from '../links.ts';
import { duration, note, number, printJson, printLine, status } from '../output.ts';
import { type PlannedRun, plan } from '../plan.ts';
import { readSettings } from '../settings.ts';
import { lastOf, type Outcome, summaryTable } from '../summary.ts';
import type { Task, WorkerSettings } from '../training/messages.ts';

export interface RunOptions {
  readonly seeds?: string;
  readonly label?: string;
  readonly engine: string;
  readonly eager?: boolean;
  readonly name?: string;
  readonly jobs?: string;
  readonly course?: boolean;
  readonly skipRecorded?: boolean;
  readonly json?: boolean;
}

const LONGEST_NAME = 200;
const MOST_JOBS = 256;

function experimentName(name: string | undefined, study: string): string {
  const trimmed = (name ?? study).trim();
  if (trimmed !== '' && trimmed.length <= LONGEST_NAME) return trimmed;
  throw new ConfigError('--name', `expected 1 to ${LONGEST_NAME} characters, got ${trimmed.length}`);
}

/** One process per core, where nothing else is said. */
function parseJobs(text: string | undefined): number {
  if (text === undefined) return availableParallelism();
  const jobs = Number(text);
  if (Number.isInteger(jobs) && jobs >= 1 && jobs <= MOST_JOBS) return jobs;
  throw new ConfigError('--jobs', `expected a whole number from 1 to ${MOST_JOBS}, got "${text}"`);
}

/** `whorl run`: trains every planned run and records it. */
export async function run(studyId: string, assignments: readonly string[], options: RunOptions): Promise<void> {
  const study = getStudy(studyId);
  const name = experimentName(options.name, study.id);
  const label = options.label === undefined ? [] : [writeAssignment('data.label', options.label)];
  const asked = plan(study, {
    assignments: [...assignments, ...label],
    seeds: options.seeds,
    course: options.course ?? false,
  });
  const jobs = parseJobs(options.jobs);
  const { parseEngine } = await import('@whorl/core/train');
  const engineChoice = parseEngine(options.engine);
  const planned = await withFiles(asked, process.cwd());
  const { home, databaseUrl } = readSettings();
  const store = await openStore({ home, databaseUrl });
  const interrupt = new AbortController();
  const onSignal = () => {
    if (interrupt.signal.aborted) process.exit(EXIT.interrupted); // asked twice: now
    interrupt.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    const experiment = await store.experiments.ensure(name, study.id);
    const recorded = options.skipRecorded
      ? await findRecorded(store, experiment.id, planned)
      : new Map<PlannedRun, RunRecord>();
    const missing = planned.filter((item) => !recorded.has(item));
    if (recorded.size > 0) {
      note(
        missing.length === 0
          ? `all ${recorded.size} runs are recorded already: nothing is trained again`
          : `${recorded.size} of ${planned.length} runs are recorded already and not trained again`,
      );
    }
    const trained =
      missing.length === 0
        ? []
        : await trainAll({
            store,
            settings: { home, databaseUrl, engine: engineChoice, eager: options.eager ?? false },
            jobs,
            experimentId: experiment.id,
            missing,
            signal: interrupt.signal,
            json: options.json ?? false,
          });
    const outcomes = planned.flatMap((item): Outcome[] => {
      const record = recorded.get(item) ?? trained.find((outcome) => outcome.planned === item)?.run;
      return record ? [{ planned: item, run: record }] : [];
    });
    if (options.json) {
      printJson({
        experiment: { id: experiment.id, name: experiment.name, url: experimentUrl(home, experiment.id) },
        runs: outcomes.map((outcome) => runDocument(home, outcome.run)),
      });
    } else {
      if (outcomes.some((outcome) => outcome.run.status === 'finished')) printLine(`\n${summaryTable(outcomes)}\n`);
      printLine(
        `${experimentUrl(home, experiment.id)}${serverAddress(home).running ? '' : colour.dim('  (whorl serve answers there)')}`,
      );
    }
    if (interrupt.signal.aborted) process.exitCode = EXIT.interrupted;
    else if (outcomes.some(({ run }) => run.status !== 'finished')) {
      const failed = outcomes.find(({ run }) => run.status !== 'finished')?.run;
      throw new RunFailedError(`run ${failed?.id} ${failed?.status}: ${failed?.error ?? 'no reason was recorded'}`);
    }
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
    await store.close();
  }
}

async function findRecorded(
  store: Store,
  experimentId: string,
  planned: readonly PlannedRun[],
): Promise<Map<PlannedRun, RunRecord>> {
  const found = new Map<PlannedRun, RunRecord>();
  for (const item of planned) {
    const record = await store.runs.findRecorded(experimentId, item.config);
    if (record) found.set(item, record);
  }
  return found;
}

interface TrainAll {
  readonly store: Store;
  readonly settings: WorkerSettings;
  readonly jobs: number;
  readonly experimentId: string;
  readonly missing: readonly PlannedRun[];
  readonly signal: AbortSignal;
  readonly json: boolean;
}

async function trainAll({ store, settings, jobs, experimentId, missing, signal, json }: TrainAll): Promise<Outcome[]> {
  const { trainInPool } = await import('../training/pool.ts');
  const { Progress } = await import('../progress.ts');
  const live = process.stdout.isTTY === true && process.stderr.isTTY === true && !json;
  const progress = new Progress(missing.length, live);
  const outcomes: Outcome[] = [];
  const width = Math.max(...missing.map(({ label }) => label.length));
  const titleOf = ({ label, config }: PlannedRun) => `${label.padEnd(width)}  ${colour.dim('seed')} ${config.seed}`;
  const plannedOf = (task: Task) => missing[task.index] as PlannedRun;
  const tasks = missing.map(
    ({ label, config }, index): Task => ({ index, experimentId, name: `${label} seed ${config.seed}`, config }),
  );
  try {
    await trainInPool(
      tasks,
      { ...settings, jobs, signal },
      {
        onReady: ({ engine, skipped }) => {
          for (const { engine: other, reason } of skipped) {
            note(`${colour.yellow('!')} ${other} engine not available (${reason}): training on ${engine}`);
          }
        },
        onStart: (task, _, steps) => progress.start(task.index, titleOf(plannedOf(task)), steps),
        onStep: (task, { step, epoch, metrics }) => progress.step(task.index, { step, epoch, ...metrics }),
        onEnd: async (task, runId) => {
          const planned = plannedOf(task);
          if (runId === null) throw new RunFailedError(`the process that was to train ${planned.label} died`);
          let run = await store.runs.get(runId);
          if (LIVE_STATUSES.includes(run.status)) {
            await store.runs.markCrashed(); // its process died under it
            run = await store.runs.get(runId);
          }
          outcomes.push({ planned, run });
          const reason = run.environment.eagerBecause;
          const why =
            reason && !settings.eager && settings.engine !== 'cpu' && run.engine === 'native' ? ` (${reason})` : '';
          progress.end(
            task.index,
            `${titleOf(planned)}  ${status(run.status)}  ${colour.dim('loss')} ${number(lastOf(run, 'loss'))}` +
              `  ${colour.dim('accuracy')} ${number(lastOf(run, 'accuracy'))}` +
              `  ${colour.dim(`${duration(run.durationMs)} on ${run.engine}, ${run.mode}${why}`)}`,
          );
        },
      },
    );
  } finally {
    progress.close();
  }
  return outcomes;
}

/** A run as `--json` prints it. */
export function runDocument(home: string, run: RunRecord) {
  return {
    id: run.id,
    seed: run.seed,
    status: run.status,
    engine: run.engine,
    config: run.config,
    summary: Object.fromEntries(run.metrics.map(({ key, last, min, max }) => [key, { last, min, max }])),
    durationMs: run.durationMs,
    url: runUrl(home, run.id),
  };
}
