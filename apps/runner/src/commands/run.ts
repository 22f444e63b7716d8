import {
  ConfigError,
  type DemonstrationStudy,
  getStudy,
  LONGEST_NAME,
  lastOf,
  mainPairOf,
  recordedName,
  writeAssignment,
} from '@whorl/core';
import type { RunRecord, Store } from '@whorl/store';
import { reasonOf, words } from '../messages/index.ts';
import { withFiles } from '../planning/files.ts';
import { type PlannedRun, plan, refuseRepeated } from '../planning/plan.ts';
import { printSummary, type RunOutcome } from '../planning/summary.ts';
import { cleanName } from '../record/record.ts';
import { experimentUrl, runUrl, serverAddress } from '../serving/links.ts';
import { tellOfStops } from '../stopping/stops.ts';
import { colour } from '../terminal/colour.ts';
import { FailedError } from '../terminal/exit.ts';
import { displayWidth, padEnd } from '../terminal/layout.ts';
import { note, noteSkipped, printJson, printLine } from '../terminal/output.ts';
import type { Task } from '../training/messages.ts';
import { endedRun, findRecorded, inSession, type Session, type SessionOptions } from '../training/session.ts';

export interface RunOptions extends SessionOptions {
  readonly seeds?: string;
  /** Short for data.label. */
  readonly label?: string;
  readonly name?: string;
  readonly course?: boolean;
  readonly skipRecorded?: boolean;
  readonly json?: boolean;
}

function experimentName(name: string | undefined, study: string): string {
  const trimmed = cleanName(name ?? study);
  if (trimmed !== '' && trimmed.length <= LONGEST_NAME) return trimmed;
  throw new ConfigError('--name', words().run.nameLength(LONGEST_NAME, trimmed.length));
}

/**
 * The experiment's name as it was typed, where one has exactly that name. Otherwise names are normalized (`cleanName`), and
 * a name given on a page may contain other forms of the same letters.
 */
async function takenName(store: Store, given: string | undefined): Promise<string | undefined> {
  const found = given === undefined ? null : await store.experiments.find(given);
  return found?.name === given ? given : undefined;
}

/** Runs a study that trains nothing: prints its demonstrations, and judges the claims by them. */
async function show(study: DemonstrationStudy, [assignment]: readonly string[], options: RunOptions): Promise<void> {
  const { seeds, label, name, ...others } = options;
  const given = Object.entries({ seeds, label }).find(([, value]) => value !== undefined);
  const refused = assignment ?? (given && `--${given.join(' ')}`);
  if (refused !== undefined) throw new ConfigError(study.id, words().run.trainsNothing(refused));
  const { course } = await import('./course.ts');
  await course({ ...others, only: study.id, into: experimentName(name, study.id) });
}

/** `whorl run`: trains every planned run and records it. */
export async function run(studyId: string, assignments: readonly string[], options: RunOptions): Promise<void> {
  const study = getStudy(studyId);
  if (study.kind === 'demonstration') return show(study, assignments, options);
  const name = experimentName(options.name, study.id);
  const label = options.label === undefined ? [] : [writeAssignment('data.label', options.label)];
  const asked = plan(study, {
    assignments: [...assignments, ...label],
    seeds: options.seeds,
    course: options.course ?? false,
  });
  const planned = await withFiles(asked, process.cwd());
  await refuseRepeated(planned);
  await inSession(options, async (session) => {
    const { store, signal } = session;
    const { home } = session.settings;
    const experiment = await store.experiments.ensure((await takenName(store, options.name)) ?? name, study.id);
    const recorded = options.skipRecorded
      ? await findRecorded(store, experiment.id, planned)
      : new Map<PlannedRun, RunRecord>();
    const missing = planned.filter((item) => !recorded.has(item));
    if (experiment.archivedAt && missing.length > 0) note(words().run.unarchived(name));
    if (recorded.size > 0) {
      note(
        missing.length === 0
          ? words().run.allRecorded(recorded.size)
          : words().run.someRecorded(recorded.size, planned.length),
      );
    }
    const json = options.json ?? false;
    const trained = missing.length === 0 ? [] : await trainAll({ session, experimentId: experiment.id, missing, json });
    const outcomes = planned.flatMap((item): RunOutcome[] => {
      const record = recorded.get(item) ?? trained.find((outcome) => outcome.planned === item)?.run;
      return record ? [{ planned: item, run: record }] : [];
    });
    if (json) {
      printJson({
        experiment: { id: experiment.id, name: experiment.name, url: experimentUrl(home, experiment.id) },
        runs: outcomes.map((outcome) => runDocument(home, outcome.run)),
      });
    } else {
      if (outcomes.some((outcome) => outcome.run.status === 'finished')) {
        printLine();
        printSummary(outcomes);
        printLine();
      }
      printLine(
        `${experimentUrl(home, experiment.id)}${serverAddress(home).running ? '' : colour.dim(`  ${words().run.answers}`)}`,
      );
    }
    if (signal.aborted) return;
    const failed = outcomes.find(({ run }) => run.status !== 'finished' && run.status !== 'interrupted')?.run;
    if (failed) throw new FailedError(words().run.failed(failed.id, failed.status, reasonOf(failed)));
    tellOfStops(outcomes.filter(({ run }) => run.status === 'interrupted').length, planned.length - outcomes.length);
  });
}

interface TrainAll {
  readonly session: Session;
  readonly experimentId: string;
  readonly missing: readonly PlannedRun[];
  readonly json: boolean;
}

async function trainAll({ session, experimentId, missing, json }: TrainAll): Promise<RunOutcome[]> {
  const { store, settings, jobs, signal } = session;
  const { trainInPool } = await import('../training/pool.ts');
  const { Progress } = await import('../terminal/progress.ts');
  const live = process.stdout.isTTY === true && process.stderr.isTTY === true && !json;
  const progress = new Progress(missing.length, live);
  const outcomes: RunOutcome[] = [];
  const t = words().progress;
  const width = Math.max(...missing.map(({ label }) => displayWidth(label)));
  const plannedOf = (task: Task) => missing[task.index] as PlannedRun;
  const tasks = missing.map(
    ({ label, config }, index): Task => ({ index, experimentId, name: recordedName(label, config.seed), config }),
  );
  try {
    await trainInPool(
      tasks,
      { ...settings, store, jobs, signal },
      {
        onReady: noteSkipped,
        onStart: (task, _, steps) =>
          progress.start(task.index, { label: plannedOf(task).label, seed: task.config.seed }, steps),
        onDrop: (task) => progress.end(task.index, null),
        onStep: (task, { step, epoch, metrics }) => progress.step(task.index, { step, epoch, ...metrics }),
        onEnd: async (task, runId) => {
          const planned = plannedOf(task);
          const run = await endedRun(store, runId);
          outcomes.push({ planned, run });
          const reason = run.environment.eagerBecause;
          const compiles = run.engine === 'native' || run.engine === 'portable';
          const why = reason && !settings.eager && compiles ? ` (${reason})` : '';
          progress.end(task.index, {
            label: padEnd(planned.label, width),
            seed: planned.config.seed,
            status: run.status,
            results: mainPairOf(run.metrics.map(({ key }) => key)).flatMap((key) => {
              const value = lastOf(run, key);
              return value === undefined ? [] : [{ key, value }]; // absent for runs that crashed early
            }),
            durationMs: run.durationMs,
            how: `${t.on(run.engine ?? '', run.mode ?? '')}${why}`,
          });
        },
      },
    );
  } finally {
    progress.close();
  }
  return outcomes;
}

/** One run in the document of `--json`. */
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
