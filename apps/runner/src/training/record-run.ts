import { type Config, type DataOutline, dataPoints, type EndStatus, probesOf } from '@whorl/core';
import { prepare } from '@whorl/core/node';
import { type Engine, follow, type StepMetrics, type TrainResult, train } from '@whorl/core/train';
import { type Environment, Recorder, type RunRecord, type Store } from '@whorl/store';
import { outlineFacts, outlineSentence } from '../planning/data-sentences.ts';
import { RunLog } from './run-log.ts';

/** Ends a run before its last step, as the reason of an abort signal. Its message is recorded. */
export class StopRequest extends Error {}

export interface RecordOptions {
  readonly store: Store;
  readonly engine: Engine;
  readonly experimentId: string;
  readonly name: string;
  readonly config: Config;
  readonly environment: Environment;
  readonly command: string;
  /** Aborting it ends the run as interrupted. */
  readonly signal: AbortSignal;
  /** Run op by op although the engine could compile the steps. */
  readonly eager: boolean;
  /** Lines for the run's log before it starts. */
  readonly remarks: readonly string[];
  /** Called once the run is recorded as running. */
  readonly onStart: (runId: string, steps: number) => void;
  readonly onStep: (measured: StepMetrics) => void;
}

/**
 * Trains one config and records it. Whatever happens, the run ends with the status that describes it; an error while
 * training makes it `failed` in the returned record.
 */
export async function recordRun(options: RecordOptions): Promise<RunRecord> {
  const { store, engine, experimentId, name, config, command, signal, onStart, onStep, eager, remarks } = options;
  const loading = prepare(config);
  const prepared = await loading.catch(() => null); // data that cannot be read fail the run below, where it is recorded
  // How long an epoch is depends on the data, and charts over epochs need it.
  const noted = prepared ? { stepsPerEpoch: prepared.stepsPerEpoch } : {};
  const outline = prepared?.outline ?? null;
  const environment = { ...options.environment, ...noted, ...(outline && { data: outlineFacts(outline) }) };
  const run = await store.runs.start({
    experimentId,
    name,
    config,
    engine: engine.name,
    mode: eager ? 'eager' : '', // empty until the first step shows whether it can be compiled
    environment,
    command,
  });
  const recorder = new Recorder(store, run.id);
  const log = new RunLog(store.artifacts, run.id);
  for (const remark of remarks) log.say(remark);
  const writes: Promise<void>[] = [];
  const started = performance.now();
  let status: EndStatus;
  let trained: Pick<TrainResult, 'mode' | 'eagerReason'> | undefined;
  let failure: unknown;
  let stopped: string | undefined;
  try {
    const ready = await loading;
    const { train: data, steps } = ready;
    onStart(run.id, steps);
    log.expect(steps);
    log.say(
      `started: ${config.study}, seed ${config.seed}, ${steps} steps on ${data.count} rows, engine ${engine.name}`,
    );
    if (outline) {
      log.say(`data: ${outlineSentence(outline).en}`);
      for (const { said } of outline.notes) log.say(`data: ${said.en}`);
    }
    if (data.features === 2) {
      const points = dataPoints(data);
      await store.artifacts.put(run.id, { ...points, meta: { ...points.meta, ...dataNames(outline, config) } });
    }
    const result = await follow(train(ready, { engine, eager, signal, probes: probesOf(config) }), (event) => {
      if (event.kind === 'metrics') recorder.log(event.step, event.metrics);
      else if (event.kind === 'artifact') {
        const { step, data: made, remark, ...described } = event.artifact;
        if (remark !== undefined) log.say(remark);
        const bytes = made instanceof Uint8Array ? made : Buffer.from(JSON.stringify(made));
        const write = store.artifacts.put(run.id, { ...described, ...(step !== null && { step }), data: bytes });
        write.catch(() => {}); // awaited below; without a handler a rejection would end the process
        writes.push(write);
      } else
        for (const measured of event.steps) {
          recorder.log(measured.step, measured.metrics);
          log.see(measured);
          onStep(measured);
        }
    });
    status = result.status;
    trained = result;
    if (status === 'interrupted' && signal.reason instanceof StopRequest) stopped = signal.reason.message;
    await Promise.all(writes);
    recorder.close();
    const { mode, eagerReason } = result;
    log.say(mode === 'compiled' ? 'steps: compiled' : `steps: eager (${eagerReason})`);
    const why = stopped === undefined ? '' : `: ${stopped}`;
    log.say(`${status} after ${result.steps} steps in ${((performance.now() - started) / 1000).toFixed(1)} s${why}`);
    await log.close();
  } catch (error) {
    status = 'failed';
    failure = error;
    await Promise.allSettled(writes);
    recorder.abandon();
    log.say(`failed: ${messageOf(failure)}`);
    await log.close().catch(() => {}); // the error that led here is the one to report
  }
  const durationMs = performance.now() - started;
  const error = failure === undefined ? stopped : messageOf(failure);
  try {
    return await store.runs.end(run.id, status, {
      durationMs,
      ...(error === undefined ? {} : { error }),
      ...(trained === undefined ? {} : { mode: trained.mode }),
      ...(trained?.eagerReason ? { environment: { ...environment, eagerBecause: trained.eagerReason } } : {}),
    });
  } catch (endError) {
    // The first failure is the cause. That the end could not be recorded (a full disk) only follows from it.
    throw failure ?? endError;
  }
}

/** The names of a file's columns and classes, and whether its columns were standardized. */
const dataNames = (outline: DataOutline | null, { data }: Config) =>
  outline && {
    columns: outline.features,
    classNames: outline.classes.map(({ name }) => name),
    standardized: data.name === 'csv' && data.standardize,
  };

const messageOf = (failure: unknown): string => (failure instanceof Error ? failure.message : String(failure));
