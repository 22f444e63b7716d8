// npm run bench -- <name>: measures Whorl beside a peer, in one run on one machine. With --json it prints
// {"rows":[...]} on stdout and nothing else. With --tiny it only shows that the bench works: its times mean nothing.

import { parseArgs } from 'node:util';
import { setUp } from '../scripts/setup.mjs';
import { BenchError } from './measure/bench-error.mjs';

const BENCHES = {
  training: () => import('./training/bench.mjs'),
  recording: () => import('./recording/bench.mjs'),
  sweep: () => import('./sweep/bench.mjs'),
  web: () => import('./web/bench.mjs'),
  crash: () => import('./crash/bench.mjs'),
  guests: () => import('./guests/bench.mjs'),
  viewers: () => import('./viewers/bench.mjs'),
  same: () => import('./same/bench.mjs'),
  truth: () => import('./truth/bench.mjs'),
  watch: () => import('./watch/bench.mjs'),
  ingest: () => import('./ingest/bench.mjs'),
  labs: () => import('./labs/bench.mjs'),
};

const usage = `usage: npm run bench -- <${Object.keys(BENCHES).join('|')}> [--torch PATH_TO_PYTHON] [--torch-compile] [--mlflow PATH_TO_PYTHON] [--fasttrackml|--trackio|--aim|--wandb PATH_TO_PYTHON] [--rounds N] [--seconds N] [--minutes N] [--only TEXT] [--tiny] [--json]`;

/** @param {'rounds' | 'seconds' | 'minutes'} name @param {string | undefined} text */
function count(name, text) {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new BenchError(`--${name}: expected a whole number from 1 on, got "${text}"`);
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      torch: { type: 'string' },
      'torch-compile': { type: 'boolean', default: false },
      mlflow: { type: 'string' },
      fasttrackml: { type: 'string' },
      trackio: { type: 'string' },
      aim: { type: 'string' },
      wandb: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      minutes: { type: 'string' },
      only: { type: 'string', default: '' },
      tiny: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const [name = ''] = positionals;
  if (!Object.hasOwn(BENCHES, name)) throw new BenchError(`unknown bench "${name}"\n${usage}`);
  const {
    torch: python,
    'torch-compile': compile,
    mlflow,
    fasttrackml,
    trackio,
    aim,
    wandb,
    only,
    tiny,
    json,
  } = values;
  const peers = { mlflow, fasttrackml, trackio, aim, wandb };
  const [rounds, seconds] = [count('rounds', values.rounds), count('seconds', values.seconds)];
  const minutes = count('minutes', values.minutes);
  await setUp();
  const { bench } = await BENCHES[/** @type {keyof typeof BENCHES} */ (name)]();
  await bench({ python, compile, mlflow, peers, rounds, seconds, minutes, only, tiny, json });
} catch (error) {
  const expected =
    error instanceof BenchError || /** @type {{ code?: string }} */ (error).code?.startsWith('ERR_PARSE_ARGS');
  console.error(expected ? /** @type {Error} */ (error).message : error);
  process.exitCode = expected ? 2 : 1;
}
