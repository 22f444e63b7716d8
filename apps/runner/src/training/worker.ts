import { type EngineUnavailableError, repeatCommand, sameText, WhorlError } from '@whorl/core';
import { openStore, type Store } from '@whorl/store';
import { describeEnvironment, prepareNativeEngine } from './environment.ts';
import type { Failure, FromWorker, Task, ToWorker, WorkerSettings } from './messages.ts';
import { recordRun, StopRequest } from './record-run.ts';
import { compileWebAssemblyOnce } from './webassembly.ts';

// A worker process: one engine on one thread, one run at a time. The runner starts it, and it ends with the runner.

/** Steps are reported to the runner at most this often. Every step is recorded. */
const TELL_MS = 50;

const say = (message: FromWorker): void => {
  process.send?.(message, undefined, undefined, () => {}); // a runner that has gone shows as 'disconnect', which ends this
};

function failureOf(error: unknown): Failure {
  const { code, stack } = error as { code?: unknown; stack?: string };
  return {
    said: error instanceof WhorlError ? error.said : sameText(stack ?? String(error)),
    code: typeof code === 'string' ? code : null,
    expected: error instanceof WhorlError,
  };
}

/** Trains what the runner asks for. */
class Trainer {
  readonly #settings: WorkerSettings;
  readonly #store: Store;
  readonly #engine: import('@whorl/core/train').Engine;
  readonly #environment: Record<string, unknown>;
  /** Engines that were passed over. */
  readonly #skipped: readonly EngineUnavailableError[];
  readonly #stop = new AbortController();
  #current: { readonly index: number; readonly stop: AbortController } | undefined;

  private constructor(
    settings: WorkerSettings,
    store: Store,
    engine: import('@whorl/core/train').Engine,
    environment: Record<string, unknown>,
    skipped: readonly EngineUnavailableError[],
  ) {
    this.#settings = settings;
    this.#store = store;
    this.#engine = engine;
    this.#environment = environment;
    this.#skipped = skipped;
  }

  static async begin(settings: WorkerSettings): Promise<Trainer> {
    prepareNativeEngine();
    const { loadEngine } = await import('@whorl/core/node');
    const skipped: EngineUnavailableError[] = [];
    const engine = await loadEngine(settings.engines, (error) => skipped.push(error));
    compileWebAssemblyOnce();
    const store = await openStore({ home: settings.home, databaseUrl: settings.databaseUrl });
    const trainer = new Trainer(settings, store, engine, await describeEnvironment(engine, settings.launch), skipped);
    say({
      kind: 'ready',
      engine: engine.name,
      skipped: skipped.map(({ engine, reason }) => ({ engine, reason })),
    });
    return trainer;
  }

  async train({ index, experimentId, name, config }: Task): Promise<void> {
    let told = 0;
    const stop = new AbortController();
    this.#current = { index, stop };
    const { eager } = this.#settings;
    const record = await recordRun({
      store: this.#store,
      engine: this.#engine,
      experimentId,
      name,
      config,
      environment: this.#environment,
      command: repeatCommand(config, { engine: this.#engine.name, eager }),
      signal: AbortSignal.any([this.#stop.signal, stop.signal]),
      eager,
      remarks: this.#skipped.map(({ message }) => message),
      onStart: (runId, steps) => say({ kind: 'started', index, runId, steps }),
      onStep: (measured) => {
        if (performance.now() - told < TELL_MS) return;
        told = performance.now();
        say({ kind: 'step', index, measured });
      },
    });
    say({ kind: 'ended', index, runId: record.id });
  }

  stop(): void {
    this.#stop.abort();
  }

  stopTask(index: number, reason: string): void {
    if (this.#current?.index === index) this.#current.stop.abort(new StopRequest(reason));
  }

  close(): Promise<void> {
    return this.#store.close();
  }
}

let trainer: Promise<Trainer> | undefined;
let leaving = false;

async function obey(message: ToWorker): Promise<void> {
  if (message.kind === 'begin') {
    trainer = Trainer.begin(message.settings);
    await trainer;
  } else if (message.kind === 'train') await (await trainer)?.train(message.task);
  else if (message.kind === 'demonstrate') {
    await trainer;
    const { demonstrate } = await import('@whorl/core/train');
    const { foundMemory } = await import('@whorl/core/node');
    say({ kind: 'demonstrated', demonstrations: demonstrate(message.study, foundMemory) });
  } else if (message.kind === 'stop') (await trainer)?.stop();
  else if (message.kind === 'stop-task') (await trainer)?.stopTask(message.index, message.reason);
  else {
    // A worker that failed to begin has nothing to close, and leaves all the same.
    await (await trainer?.catch(() => undefined))?.close();
    leaving = true;
    process.disconnect();
  }
}

process.on('message', (message: ToWorker) => {
  obey(message).catch((error) => say({ kind: 'failed', failure: failureOf(error) }));
});

// Only the runner decides what a signal means.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('SIGHUP', () => {});
// The runner ended without telling. This run will be found as crashed, with the points stored so far.
process.on('disconnect', () => process.exit(leaving ? 0 : 1));
if (!process.connected) process.exit(1); // the runner ended while this process was loading, before the listener was there
