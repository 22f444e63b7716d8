import { ConfigError, type EngineUnavailableError, getStudy } from '@whorl/core';
import { openStore, type RunRecord, type Store } from '@whorl/store';
import { colour } from '../colour.ts';
import { EXIT, RunFailedError } from '../exit.ts';
import { experimentUrl, runUrl, serverAddress } from '../links.ts';
import { duration, note, number, printJson, printLine, status } from '../output.ts';
import { type PlannedRun, plan, repeatCommand } from '../plan.ts';
import { readSettings } from '../settings.ts';
import { lastOf, type Outcome, summaryTable } from '../summary.ts';

export interface RunOptions {
  readonly seeds?: string;
  readonly engine: string;
  readonly eager?: boolean;
  readonly name?: string;
  readonly course?: boolean;
  readonly skipRecorded?: boolean;
  readonly json?: boolean;
}

const LONGEST_NAME = 200;

function experimentName(name: string | undefined, study: string): string {
  const trimmed = (name ?? study).trim();
  if (trimmed !== '' && trimmed.length <= LONGEST_NAME) return trimmed;
  throw new ConfigError('--name', `expected 1 to ${LONGEST_NAME} characters, got ${trimmed.length}`);
}

/** `whorl run`: trains every planned run in turn and records it. */
export async function run(studyId: string, assignments: readonly string[], options: RunOptions): Promise<void> {
  const study = getStudy(studyId);
  const name = experimentName(options.name, study.id);
  const planned = plan(study, { assignments, seeds: options.seeds, course: options.course ?? false });
  const { parseEngine } = await import('@whorl/core/train');
  const engineChoice = parseEngine(options.engine);
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
            home,
            study,
            experimentId: experiment.id,
            missing,
            engineChoice,
            signal: interrupt.signal,
            json: options.json ?? false,
            eager: options.eager ?? false,
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
  readonly home: string;
  readonly study: ReturnType<typeof getStudy>;
  readonly experimentId: string;
  readonly missing: readonly PlannedRun[];
  readonly engineChoice: import('@whorl/core/train').EngineChoice;
  readonly signal: AbortSignal;
  readonly json: boolean;
  readonly eager: boolean;
}

async function trainAll({
  store,
  study,
  experimentId,
  missing,
  engineChoice,
  signal,
  json,
  eager,
}: TrainAll): Promise<Outcome[]> {
  // Loaded here: TensorFlow takes a second, and bad input must not wait for it.
  const { describeEnvironment, prepareNativeEngine } = await import('../environment.ts');
  prepareNativeEngine();
  const { loadEngine } = await import('@whorl/core/train');
  const skipped: EngineUnavailableError[] = [];
  const engine = await loadEngine(engineChoice, (error) => skipped.push(error));
  for (const error of skipped)
    note(`${colour.yellow('!')} ${error.engine} engine not available (${error.reason}): training on ${engine.name}`);
  const { recordRun } = await import('../record-run.ts');
  const { Progress } = await import('../progress.ts');
  const environment = await describeEnvironment(engine);
  const progress = new Progress(
    missing.map(({ config }) => config.epochs),
    process.stdout.isTTY === true && process.stderr.isTTY === true && !json,
  );
  const outcomes: Outcome[] = [];
  const width = Math.max(...missing.map(({ label }) => label.length));
  try {
    for (const item of missing) {
      if (signal.aborted) break;
      const { config, label } = item;
      const title = `${label.padEnd(width)}  ${colour.dim('seed')} ${config.seed}`;
      progress.start(title, config.epochs);
      const record = await recordRun({
        store,
        engine,
        experimentId,
        name: `${label} seed ${config.seed}`,
        config,
        environment,
        command: repeatCommand(study, config, engine.name, eager),
        signal,
        eager,
        onStep: ({ step, metrics }) => progress.step(step, metrics),
      });
      outcomes.push({ planned: item, run: record });
      progress.end(
        `${title}  ${status(record.status)}  ${colour.dim('loss')} ${number(lastOf(record, 'loss'))}` +
          `  ${colour.dim('accuracy')} ${number(lastOf(record, 'accuracy'))}  ${colour.dim(`${duration(record.durationMs)} on ${engine.name}, ${record.mode}`)}`,
      );
    }
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
