import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildConfig, trainingStudy } from '@whorl/core';
import { prepare } from '@whorl/core/node';
import { checkTorch } from '../measure/peer.mjs';
import { machine, median, printTable, round } from '../measure/report.mjs';

const here = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));
const whorl = here('../../apps/runner/bin/whorl.js');

/** @typedef {{ activations: string[], optimizers: string[], seeds: number[], epochs: number }} Sweep */

/** @type {Sweep} */
const WHOLE = {
  activations: ['sigmoid', 'tanh', 'relu', 'leaky-relu', 'elu', 'gelu'],
  optimizers: ['sgd', 'momentum', 'rmsprop', 'adam'],
  seeds: [1, 2, 3, 4, 5],
  epochs: 1000,
};
/** @type {Sweep} */
const TINY = { activations: ['tanh', 'relu'], optimizers: ['sgd'], seeds: [1, 2], epochs: 3 };

/** @param {Sweep} sweep */
const runsOf = ({ activations, optimizers, seeds }) => activations.length * optimizers.length * seeds.length;

/** Writes each run's config and each seed's data where the PyTorch script reads them. @param {string} folder @param {Sweep} sweep */
async function writeSweep(folder, { activations, optimizers, seeds, epochs }) {
  const configs = [];
  for (const seed of seeds) {
    for (const activation of activations) {
      for (const optimizer of optimizers) {
        const values = { seed, epochs, 'model.activation': activation, 'optimizer.name': optimizer };
        configs.push(buildConfig(trainingStudy('spiral').defaults, values));
      }
    }
    const { train: data } = await prepare(/** @type {NonNullable<typeof configs[0]>} */ (configs.at(-1)));
    writeFileSync(path.join(folder, `${seed}.x`), data.x);
    writeFileSync(path.join(folder, `${seed}.labels`), data.labels);
  }
  writeFileSync(path.join(folder, 'configs.json'), JSON.stringify(configs));
}

/**
 * Runs a command to its end.
 * @param {string} command @param {readonly string[]} args @param {Record<string, string>} [env]
 * @returns {Promise<string>} what it printed
 */
function finish(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    let [printed, said] = ['', ''];
    child.stdout.on('data', (text) => {
      printed += text;
    });
    child.stderr.on('data', (text) => {
      said = `${said}${text}`.slice(-4000);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(printed);
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}: ${said}`));
    });
  });
}

/** One `whorl run`, as people type it, into a fresh store. @param {string} home @param {Sweep} sweep */
async function runWhorl(home, sweep) {
  const { activations, optimizers, seeds, epochs } = sweep;
  const sweeps = [`model.activation=${activations.join(',')}`, `optimizer.name=${optimizers.join(',')}`];
  const fixed = [`epochs=${epochs}`, '--seeds', `${seeds[0]}..${seeds.at(-1)}`];
  const args = [whorl, 'run', 'spiral', ...sweeps, ...fixed, '--json'];
  const { runs } = JSON.parse(await finish(process.execPath, args, { WHORL_HOME: home, DATABASE_URL: '' }));
  const whole = runs.filter(
    (/** @type {{ status: string, config: { epochs: number } }} */ { status, config }) =>
      status === 'finished' && config.epochs === epochs,
  );
  const wanted = runsOf(sweep);
  if (whole.length !== wanted) throw new Error(`whorl finished ${whole.length} of ${wanted} runs`);
}

/** @param {string} python @param {string} folder @param {Sweep} sweep @param {number} processes @param {number} threads of each */
async function runTorch(python, folder, sweep, processes, threads) {
  const share = (/** @type {number} */ i) =>
    finish(python, [here('torch_sweep.py'), folder, String(threads), String(i), String(processes)]);
  await Promise.all(Array.from({ length: processes }, (_, i) => share(i)));
  const whole = readdirSync(folder).filter((name) => name.startsWith('run-')).length;
  if (whole !== runsOf(sweep)) throw new Error(`PyTorch finished ${whole} of ${runsOf(sweep)} runs`);
}

/**
 * A whole sweep, from the command to the last recorded point, on all cores: whorl and, with `python`, the path of one
 * that has PyTorch, a plain script as one process with all threads and as one process for each core. The ratio is to
 * the faster of these two.
 * @param {{ python: string | undefined, rounds?: number | undefined, tiny: boolean, json: boolean }} options
 */
export async function bench({ python, rounds = 1, tiny, json }) {
  const torch = python === undefined ? null : checkTorch(python);
  const sweep = tiny ? TINY : WHOLE;
  const { activations, optimizers, seeds, epochs } = sweep;
  const title = `${runsOf(sweep)} runs: ${activations.length} activations x ${optimizers.length} optimizers x ${seeds.length} seeds, ${epochs} epochs, recorded`;
  const cores = availableParallelism();
  /** @type {{ engine: string, run: (folder: string) => Promise<void>, times: number[] }[]} */
  const lanes = [{ engine: `whorl, ${cores} jobs`, run: (folder) => runWhorl(folder, sweep), times: [] }];
  if (python !== undefined) {
    const lane = (/** @type {number} */ processes, /** @type {number} */ threads) => (/** @type {string} */ folder) =>
      runTorch(python, folder, sweep, processes, threads);
    lanes.push({ engine: `PyTorch, ${cores} processes`, run: lane(cores, 1), times: [] });
    lanes.push({ engine: `PyTorch, ${cores} threads`, run: lane(1, cores), times: [] });
  }
  if (!json) console.log(`${machine()}${torch ? `, PyTorch ${torch}` : ''}\n${title}\n`);
  for (let turn = 0; turn < rounds; turn++) {
    for (const { engine, run, times } of turn % 2 === 0 ? lanes : lanes.toReversed()) {
      const folder = mkdtempSync(path.join(tmpdir(), 'whorl-bench-'));
      try {
        await writeSweep(folder, sweep);
        const started = performance.now();
        await run(folder);
        times.push(performance.now() - started);
        if (!json) console.log(`${engine}: ${((times.at(-1) ?? 0) / 1000).toFixed(1)} s`);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
  }
  const peers = lanes.filter(({ engine }) => engine.startsWith('PyTorch')).map(({ times }) => median(times));
  const rows = lanes.map(({ engine, times }) => ({
    case: title,
    engine,
    ms: round(median(times)),
    ratioToTorch: peers.length > 0 ? round(median(times) / Math.min(...peers)) : null,
  }));
  if (json) console.log(JSON.stringify({ rows }));
  else {
    console.log();
    printTable(rows.map(({ engine, ms, ratioToTorch }) => ({ engine, s: ms / 1000, 'to PyTorch': ratioToTorch })));
  }
}
