import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Demonstration, END_REASONS, type EngineName, WhorlError } from '@whorl/core';
import type { StepMetrics } from '@whorl/core/train';
import type { StopOrigin, Store } from '@whorl/store';
import { inColoursOf } from '../terminal/colour.ts';
import { FailedError } from '../terminal/exit.ts';
import { engineChooser, type TrainingSettings } from './engine-choice.ts';
import type { Failure, FromWorker, Task, ToWorker, WorkerSettings } from './messages.ts';
import { StopWatch } from './stop-watch.ts';

/** A failure that a worker reported. `code` is that of a StoreError. */
export class WorkerError extends WhorlError {
  readonly code: string | null;
  constructor({ said, code }: Pick<Failure, 'said' | 'code'>) {
    super(said);
    this.code = code;
  }
}

/** A worker process ended before it began its task, and so did its replacement. */
export class WorkerLostError extends FailedError {}

export interface PoolEvents {
  /** The first worker that was to load these engines is ready. */
  onReady(ready: Extract<FromWorker, { kind: 'ready' }>): void;
  onStart(task: Task, engine: EngineName, steps: number): void;
  onStep(task: Task, measured: StepMetrics): void;
  /** A run has ended, whatever its status. */
  onEnd(task: Task, runId: string): void | Promise<void>;
  /** A task is dropped, because its experiment was stopped. */
  onDrop(task: Task, from: StopOrigin): void;
}

export interface PoolOptions extends TrainingSettings {
  /** Where requests to stop are read from. */
  readonly store: Pick<Store, 'runs'>;
  /** Processes that train side by side. */
  readonly jobs: number;
  readonly signal: AbortSignal;
}

/** A notice about oneDNN that TensorFlow prints whatever the settings. */
const NOTICE = /absl::InitializeLog\(\)|oneDNN custom operations are on/;

/**
 * Trains tasks in worker processes, each with its own engine on one thread, all recording into one store. Tasks begin in
 * order. Those of one experiment have the same engine, as they are compared. When a worker dies, only its run is lost: the next task gets a new worker. A worker that does not come up is
 * started once more, and a task whose worker dies before its run is recorded is given to a new one once.
 * @throws WorkerError where a worker could not record; the other workers' runs are ended as interrupted first
 * @throws WorkerLostError where tasks are left because no worker starts, or none gets through its task
 */
export async function trainInPool(tasks: readonly Task[], options: PoolOptions, events: PoolEvents): Promise<void> {
  const queue = [...tasks];
  const failures: unknown[] = [];
  const workers = new Set<Worker>();
  /** Experiments that were stopped meanwhile: none of their remaining tasks begins. */
  const stopped = new Map<string, StopOrigin>();
  /** Tasks whose worker died before their run was recorded. */
  const lostOnce = new Set<Task>();
  const enginesOf = engineChooser(tasks, options);
  const greeted = new Set<string>();
  let lost = '';
  const stopAll = () => {
    queue.length = 0;
    for (const worker of workers) worker.stop();
  };
  options.signal.addEventListener('abort', stopAll);
  const stopTasks = (from: StopOrigin, isMeant: (training: Training) => boolean) => {
    for (const worker of workers) if (worker.training && isMeant(worker.training)) worker.stopTask(from);
  };
  const begin = async (engines: readonly EngineName[]): Promise<Worker | undefined> => {
    for (let tries = 0; tries < 2 && !options.signal.aborted; tries++) {
      const worker = new Worker({ ...options, engines });
      workers.add(worker);
      const ready = await worker.begin().catch(async (error) => {
        await worker.leave();
        throw error;
      });
      if (ready === null) {
        lost = await worker.gone;
        continue;
      }
      const key = engines.join();
      if (!greeted.has(key)) events.onReady(ready);
      greeted.add(key);
      return worker;
    }
    return undefined;
  };
  const lane = async () => {
    let worker: Worker | undefined;
    try {
      for (let task = queue.shift(); task; task = queue.shift()) {
        const engines = enginesOf(task);
        if (worker?.alive && worker.engines.join() !== engines.join()) {
          await worker.leave();
          workers.delete(worker);
        }
        if (!worker?.alive) {
          worker = await begin(engines);
          if (options.signal.aborted) break;
          if (!worker) {
            queue.unshift(task); // left for the other lanes
            return;
          }
        }
        const from = stopped.get(task.experimentId);
        if (from !== undefined) {
          events.onDrop(task, from);
          continue;
        }
        const runId = await worker.train(task, events);
        if (runId !== null) await events.onEnd(task, runId);
        else if (options.signal.aborted) break;
        else if (lostOnce.has(task)) failures.push(neverBegun(await worker.gone));
        else {
          lostOnce.add(task);
          queue.unshift(task);
        }
      }
    } catch (error) {
      failures.push(error);
      stopAll();
    } finally {
      await worker?.leave();
    }
  };
  if (options.signal.aborted) return;
  const watch = new StopWatch(options.store, [...new Set(tasks.map(({ experimentId }) => experimentId))], {
    training: () => [...workers].flatMap(({ training }) => training?.runId ?? []),
    onRun: (id, from) => stopTasks(from, ({ runId }) => runId === id),
    onExperiment: (id, from) => {
      stopped.set(id, from);
      stopTasks(from, ({ task }) => task.experimentId === id);
    },
  });
  await Promise.all(Array.from({ length: Math.min(options.jobs, tasks.length) }, lane));
  watch.close();
  options.signal.removeEventListener('abort', stopAll);
  if (failures.length > 0) throw failures[0];
  if (queue.length > 0 && !options.signal.aborted) {
    throw new WorkerLostError({
      en: `the process that trains ended before it began, twice (${lost}): ${queue.length} runs were not trained`,
      zh: `训练进程两次还没有开始就结束了（${lost}）：${queue.length} 次运行没有训练`,
    });
  }
}

const neverBegun = (how: string) =>
  new WorkerLostError({
    en: `the process that was to train a run ended before it began it, twice (${how}): that run was not trained`,
    zh: `要训练一次运行的进程两次还没有开始就结束了（${how}）：这次运行没有训练`,
  });

/**
 * Produces the demonstrations of some studies, by their ids, in a process that loads the engine for them. `auto` takes
 * TF.js's own, which is there at once: they are single operations. Stops at `signal`.
 * @throws WorkerLostError
 */
export async function demonstrateApart(
  studies: readonly string[],
  { engine, ...settings }: TrainingSettings,
  signal: AbortSignal,
): Promise<{ engine: string; demonstrations: Map<string, readonly Demonstration[]> }> {
  const engines: readonly EngineName[] = engine === 'auto' ? ['wasm', 'cpu'] : [engine];
  const worker = new Worker({ ...settings, engines });
  const stop = () => worker.end();
  signal.addEventListener('abort', stop);
  try {
    const demonstrations = new Map<string, readonly Demonstration[]>();
    const ready = await worker.begin();
    if (ready === null) {
      if (signal.aborted) return { engine, demonstrations };
      throw new WorkerLostError({
        en: 'the process that was to show what needs no run ended before it began',
        zh: '演示进程还没有开始就结束了',
      });
    }
    for (const study of studies) {
      const shown = await worker.demonstrate(study);
      if (signal.aborted) break;
      if (shown === null)
        throw new WorkerLostError({
          en: `the process that was to show ${study} ended before it had`,
          zh: `演示 ${study} 的进程提前结束了`,
        });
      demonstrations.set(study, shown);
    }
    return { engine: ready.engine, demonstrations };
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.leave();
  }
}

/** What a worker is training now. */
interface Training {
  readonly task: Task;
  /** Undefined until the run is recorded. */
  runId?: string;
}

/** One worker process. */
class Worker {
  readonly #child: ChildProcess;
  readonly #settings: WorkerSettings;
  /** Resolves when the process has ended, with how it ended. */
  readonly gone: Promise<string>;
  /** Those it was to load. */
  readonly engines: readonly EngineName[];
  #engine: EngineName;
  #hear: (message: FromWorker) => void = () => {};
  alive = true;
  training: Training | null = null;

  constructor({ home, databaseUrl, engines, eager, launch }: WorkerSettings) {
    this.#settings = { home, databaseUrl, engines, eager, launch };
    this.engines = engines;
    this.#engine = engines[0] as EngineName;
    const entry = fileURLToPath(new URL('./worker.js', import.meta.url));
    this.#child = fork(entry, [], {
      execArgv: ['--disable-warning=DEP0044'], // tfjs-node calls util.isArray, of which Node 22 and later complain
      detached: true, // in a process group of its own: Ctrl-C and a closed terminal reach only the runner, which decides what they mean
      serialization: 'advanced', // 'advanced' passes NaN and infinities unchanged
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    if (this.#child.stderr) {
      createInterface(this.#child.stderr).on('line', (line) => {
        if (!NOTICE.test(line)) process.stderr.write(inColoursOf(process.stderr, `${line}\n`));
      });
    }
    this.#child.on('message', (message: FromWorker) => this.#hear(message));
    this.gone = new Promise((resolve) => {
      this.#child.once('error', (error) => resolve(error.message));
      this.#child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
    void this.gone.then(() => {
      this.alive = false;
    });
  }

  /** Loads the engine, and gives what the worker reports of it; null where the process ended first. */
  begin(): Promise<Extract<FromWorker, { kind: 'ready' }> | null> {
    return this.#ask({ kind: 'begin', settings: this.#settings }, (message) => {
      if (message.kind !== 'ready') return undefined;
      this.#engine = message.engine;
      return message;
    });
  }

  /** Trains a task and gives the id of its run; null where the process died before the run was recorded. */
  async train(task: Task, events: PoolEvents): Promise<string | null> {
    const training: Training = { task };
    this.training = training;
    const ended = await this.#ask({ kind: 'train', task }, (message) => {
      if (message.kind === 'started') {
        training.runId = message.runId;
        events.onStart(task, this.#engine, message.steps);
      } else if (message.kind === 'step') events.onStep(task, message.measured);
      return message.kind === 'ended' ? message.runId : undefined;
    });
    this.training = null;
    return ended ?? training.runId ?? null;
  }

  /** Produces the demonstrations of a study; null where the process ended first. */
  demonstrate(study: string): Promise<readonly Demonstration[] | null> {
    return this.#ask({ kind: 'demonstrate', study }, (message) =>
      message.kind === 'demonstrated' ? message.demonstrations : undefined,
    );
  }

  /** Kills the process. Only for a process that is not recording. */
  end(): void {
    this.#child.kill('SIGKILL');
  }

  stop(): void {
    this.#say({ kind: 'stop' });
  }

  /** Ends the current run as interrupted. */
  stopTask(from: StopOrigin): void {
    if (this.training)
      this.#say({
        kind: 'stop-task',
        index: this.training.task.index,
        reason: END_REASONS[`stopped from the ${from}`].en,
      });
  }

  async leave(): Promise<void> {
    this.#say({ kind: 'leave' });
    await this.gone;
  }

  #say(message: ToWorker): void {
    if (this.#child.connected) this.#child.send(message, () => {}); // a failed send shows as the end of the process
  }

  /** Sends a message and waits until `answer` accepts a reply; null where the process ends first. */
  #ask<T>(message: ToWorker, answer: (message: FromWorker) => T | undefined): Promise<T | null> {
    return new Promise((resolve, reject) => {
      this.#hear = (heard) => {
        if (heard.kind === 'failed') {
          const { failure } = heard;
          reject(failure.expected ? new WorkerError(failure) : Object.assign(new Error(), { stack: failure.said.en }));
          return;
        }
        const answered = answer(heard);
        if (answered !== undefined) resolve(answered);
      };
      void this.gone.then(() => resolve(null));
      this.#say(message);
    });
  }
}
