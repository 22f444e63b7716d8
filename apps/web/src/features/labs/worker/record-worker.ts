import { buildConfig, probesOf, WhorlError } from '@whorl/core';
import { follow, loadInBrowser, prepareFrom, train } from '@whorl/core/train';
import type { FromRecorder, RecordAsked } from '../model/record-messages.ts';
import { TrainingRecord } from '../model/training-record.ts';

// Trains one config from its begin to its end, by the very `train` that the runner calls, with all that the runner looks at: so
// that what is recorded is what the runner would have recorded. TF.js comes with it, and is loaded only now.

/** Progress is told at most this often, in ms. */
const TELL_MS = 50;

const NO_FILES = {
  mnist: () => Promise.reject(new Error('a page has no pictures')),
  csv: () => Promise.reject(new Error('a page has no files')),
};

/** What of a worker's own scope is used here: pages and workers have types that do not go together. */
const scope = self as unknown as {
  postMessage(message: FromRecorder): void;
  addEventListener(type: 'message', hear: (event: MessageEvent<RecordAsked>) => void): void;
};

async function record({ defaults, values }: RecordAsked): Promise<void> {
  const config = buildConfig(defaults, values);
  scope.postMessage({ kind: 'config', config });
  const [engine, prepared] = await Promise.all([loadInBrowser(), prepareFrom(NO_FILES, config)]);
  const record = new TrainingRecord();
  const began = performance.now();
  let told = began;
  await follow(train(prepared, { engine, probes: probesOf(config) }), (event) => {
    const now = performance.now();
    record.hear(event, Math.floor(now - began));
    if (now - told < TELL_MS) return;
    told = now;
    scope.postMessage({ kind: 'step', done: record.done, steps: prepared.steps });
  });
  const durationMs = Math.ceil(performance.now() - began);
  scope.postMessage({ kind: 'trained', trained: record.ended(durationMs, engine.versions) });
}

scope.addEventListener('message', ({ data }) => {
  record(data).catch((error) => {
    const said = error instanceof WhorlError ? error.said : { en: String(error), zh: String(error) };
    scope.postMessage({ kind: 'failed', said });
  });
});
