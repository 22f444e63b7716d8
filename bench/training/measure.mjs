// Trains when asked, and says how long a step took: {"case","steps"} -> {"ms"}. argv: engine, "compiled" or "eager".

import { createInterface } from 'node:readline';
import { buildConfig, getStudy } from '@whorl/core';
import { loadEngine, train } from '@whorl/core/train';
import { CASES } from './cases.mjs';

const [name = '', mode] = process.argv.slice(2);
const engine = await loadEngine(/** @type {import('@whorl/core/train').EngineName} */ (name));

/** @param {{ case: string, steps: number }} question */
async function measure({ case: id, steps }) {
  const values = CASES[id]?.values ?? {};
  const perEpoch = 'batchSize' in values ? 25 : 1;
  const config = buildConfig(getStudy('spiral').defaults, { ...values, epochs: Math.ceil((steps + 1) / perEpoch) });
  const enough = new AbortController();
  let [first, last, count] = [0, 0, 0];
  const result = await train(config, {
    engine,
    eager: mode === 'eager',
    signal: enough.signal,
    onStep: ({ step }) => {
      last = performance.now();
      if (step === 0) first = last; // what comes before is set-up: data, weights, the graph
      count = step;
      if (step >= steps) enough.abort();
    },
  });
  if (result.mode !== mode) throw new Error(`trained ${result.mode}: ${result.eagerReason}`);
  return { ms: (last - first) / count };
}

for await (const line of createInterface(process.stdin)) {
  console.log(JSON.stringify(await measure(JSON.parse(line))));
}
