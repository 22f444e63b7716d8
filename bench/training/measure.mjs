// Trains when asked, and says how long a step took: {"case","warm","steps"} -> {"ms"}. argv: engine,
// "compiled" or "eager". The clock starts after `warm` steps: PyTorch keeps one training for all rounds, this begins a
// new one each time.

import { createInterface } from 'node:readline';
import { buildConfig, trainingStudy } from '@whorl/core';
import { loadEngine, prepare } from '@whorl/core/node';
import { follow, train } from '@whorl/core/train';
import { prepareNativeEngine } from '../../apps/runner/dist/environment.js';
import { CASES } from './cases.mjs';

/** More steps than one call tells of. */
const MOST_TOLD = 1000;

const [name = '', mode] = process.argv.slice(2);
prepareNativeEngine();
const engine = await loadEngine(/** @type {import('@whorl/core').EngineName} */ (name));

/** @param {{ case: string, warm: number, steps: number }} question */
async function measure({ case: id, warm, steps }) {
  const values = CASES[id]?.values ?? {};
  const configOf = (/** @type {number} */ epochs) =>
    buildConfig(trainingStudy('spiral').defaults, { ...values, epochs });
  const { stepsPerEpoch } = await prepare(configOf(1));
  const config = configOf(Math.ceil((warm + steps + MOST_TOLD) / stepsPerEpoch));
  const enough = new AbortController();
  let told = { step: 0, at: 0 };
  /** @type {typeof told | undefined} */
  let start;
  const training = train(await prepare(config), {
    engine,
    eager: mode === 'eager',
    looks: false,
    signal: enough.signal,
  });
  const result = await follow(training, (event) => {
    if (event.kind !== 'steps') return;
    // The steps of one call are told of together: the clock starts between two calls.
    told = { step: event.steps.at(-1)?.step ?? 0, at: performance.now() };
    if (start && told.step >= start.step + steps) enough.abort();
    if (told.step >= warm) start ??= told;
  });
  if (result.mode !== mode) throw new Error(`trained ${result.mode}: ${result.eagerReason}`);
  if (!start) throw new Error(`ended after ${told.step} steps, before the clock started`);
  return { ms: (told.at - start.at) / (told.step - start.step) };
}

for await (const line of createInterface(process.stdin)) {
  console.log(JSON.stringify(await measure(JSON.parse(line))));
}
