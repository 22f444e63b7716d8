// Trains each config that it receives as a line of JSON, and answers with a hash of everything that came of it: every
// measured number, every picture, and the trained weights. Argument: the engine.

import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { probesOf } from '@whorl/core';
import { loadEngine, prepare } from '@whorl/core/node';
import { follow, train } from '@whorl/core/train';
import { prepareNativeEngine } from '../../apps/runner/dist/environment.js';

prepareNativeEngine();
const engine = await loadEngine(/** @type {import('@whorl/core').EngineName} */ (process.argv[2]));

/** @param {import('@whorl/core').Config} config */
async function trained(config) {
  const hash = createHash('sha256');
  /** @param {string} what @param {number} step @param {Readonly<Record<string, number>>} metrics */
  const add = (what, step, metrics) => {
    for (const [key, value] of Object.entries(metrics))
      hash.update(`${what} ${step} ${key}`).update(Float64Array.of(value));
  };
  const training = train(await prepare(config), { engine, probes: probesOf(config) });
  const { mode, weights } = await follow(training, (event) => {
    if (event.kind === 'steps') for (const { step, metrics } of event.steps) add('step', step, { ...metrics });
    else if (event.kind === 'metrics') add('look', event.step, event.metrics);
    else {
      const { name, step, data } = event.artifact;
      hash.update(`${name} ${step}`).update(data instanceof Uint8Array ? data : JSON.stringify(data));
    }
  });
  for (const layer of weights) hash.update(layer);
  return { mode, hash: hash.digest('hex') };
}

for await (const line of createInterface(process.stdin)) console.log(JSON.stringify(await trained(JSON.parse(line))));
