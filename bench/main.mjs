// npm run bench -- <name>: measures Whorl beside a peer, in one run on one machine. With --json it prints
// {"rows":[...]} on stdout and nothing else.

import { parseArgs } from 'node:util';
import { setUp } from '../scripts/setup.mjs';
import { BenchError } from './bench-error.mjs';

const BENCHES = {
  training: () => import('./training/bench.mjs'),
  recording: () => import('./recording/bench.mjs'),
  sweep: () => import('./sweep/bench.mjs'),
};

const usage = `usage: npm run bench -- <${Object.keys(BENCHES).join('|')}> [--torch PATH_TO_PYTHON] [--torch-compile] [--rounds N] [--only TEXT] [--json]`;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      torch: { type: 'string' },
      'torch-compile': { type: 'boolean', default: false },
      rounds: { type: 'string' },
      only: { type: 'string', default: '' },
      json: { type: 'boolean', default: false },
    },
  });
  const [name = ''] = positionals;
  if (!Object.hasOwn(BENCHES, name)) throw new BenchError(`unknown bench "${name}"\n${usage}`);
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds >= 1)) {
    throw new BenchError(`--rounds: expected a whole number from 1 on, got "${values.rounds}"`);
  }
  await setUp();
  const { bench } = await BENCHES[/** @type {keyof typeof BENCHES} */ (name)]();
  await bench({ python: values.torch, compile: values['torch-compile'], rounds, only: values.only, json: values.json });
} catch (error) {
  const expected =
    error instanceof BenchError || /** @type {{ code?: string }} */ (error).code?.startsWith('ERR_PARSE_ARGS');
  console.error(expected ? /** @type {Error} */ (error).message : error);
  process.exitCode = expected ? 2 : 1;
}
