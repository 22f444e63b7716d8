// Trains on request, recorded or not, and tells how long a step took: {"case","steps","recorded"} -> {"ms"}. Arguments:
// a folder for the database, the engine.

import { createInterface } from 'node:readline';
import { buildConfig, trainingStudy } from '@whorl/core';
import { loadEngine, prepare } from '@whorl/core/node';
import { follow, train } from '@whorl/core/train';
import { openStore, Recorder } from '@whorl/store';
import { prepareNativeEngine } from '../../apps/runner/dist/environment.js';
import { CASES } from '../training/cases.mjs';

const [home = '', engineName = ''] = process.argv.slice(2);
prepareNativeEngine();
const engine = await loadEngine(/** @type {import('@whorl/core').EngineName} */ (engineName));
const store = await openStore({ home });
const experiment = await store.experiments.ensure('bench', 'spiral');

/** @param {{ case: string, steps: number, recorded: boolean }} question */
async function measure({ case: id, steps, recorded }) {
  const values = CASES[id]?.values ?? {};
  const perEpoch = 'batchSize' in values ? 25 : 1;
  const config = buildConfig(trainingStudy('spiral').defaults, {
    ...values,
    epochs: Math.ceil((steps + 1) / perEpoch),
  });
  const run = await store.runs.start({
    experimentId: experiment.id,
    name: id,
    config,
    engine: engine.name,
    mode: 'compiled',
    environment: {},
    command: '',
  });
  const recorder = recorded ? new Recorder(store, run.id) : undefined;
  let [first, count] = [0, 0];
  await follow(train(await prepare(config), { engine, looks: false }), (event) => {
    if (event.kind !== 'steps') return;
    for (const { step, metrics } of event.steps) {
      if (step === 0) first = performance.now();
      recorder?.log(step, metrics);
      count = step;
    }
  });
  recorder?.close();
  const ms = (performance.now() - first) / count;
  await store.runs.end(run.id, 'finished', { durationMs: ms * count });
  return { ms };
}

for await (const line of createInterface(process.stdin)) {
  console.log(JSON.stringify(await measure(JSON.parse(line))));
}
