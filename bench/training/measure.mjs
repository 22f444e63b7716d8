// Trains on request, and tells how long a step took: {"case","warm","steps"} -> {"ms"}. Arguments: engine, "compiled"
// or "eager".

import { createInterface } from 'node:readline';
import { loadEngine, prepare } from '@whorl/core/node';
import { prepareNativeEngine } from '../../apps/runner/dist/environment.js';
import { stepTime } from './step-time.mjs';

const [name = '', mode] = process.argv.slice(2);
prepareNativeEngine();
const engine = await loadEngine(/** @type {import('@whorl/core').EngineName} */ (name));
for await (const line of createInterface(process.stdin)) {
  console.log(JSON.stringify(await stepTime({ engine, prepare, mode }, JSON.parse(line))));
}
