import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildConfig, trainingStudy } from '@whorl/core';
import { dataOf } from '@whorl/core/train';
import { BenchError } from '../bench-error.mjs';
import { checkTorch } from '../peer.mjs';
import { machine, median, printTable, round } from '../report.mjs';

const here = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));
const whorl = here('../../apps/runner/bin/whorl.js');

const FACTORS = {
  'model.activation': ['sigmoid', 'tanh', 'relu', 'leaky-relu', 'elu', 'gelu'],
  'optimizer.name': ['sgd', 'momentum', 'rmsprop', 'adam'],
};
const SEEDS = [1, 2, 3, 4, 5];
const EPOCHS = 1000;
const RUNS = FACTORS['model.activation'].length * FACTORS['optimizer.name'].length * SEEDS.length;
const CASE = `${RUNS} runs: 6 activations x 4 optimizers x ${SEEDS.length} seeds, ${EPOCHS} epochs, recorded`;

/** Writes each run's config and each seed's data where the PyTorch script reads them. @param {string} folder */
async function writeSweep(folder) {
  const configs = [];
  for (const seed of SEEDS) {
    for (const activation of FACTORS['model.activation']) {
      for (const optimizer of FACTORS['optimizer.name']) {
        const values = { seed, epochs: EPOCHS, 'model.activation': activation, 'optimizer.name': optimizer };
        configs.push(buildConfig(trainingStudy('spiral').defaults, values));
      }
    }
    const data = await dataOf(/** @type {NonNullable<typeof configs[0]>} */ (configs.at(-1)));
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

/** One `whorl run`, as people type it, into a fresh store. @param {string} home */
async function runWhorl(home) {
  const sweeps = Object.entries(FACTORS).map(([factor, levels]) => `${factor}=${levels.join(',')}`);
  const seeds = `${SEEDS[0]}..${SEEDS.at(-1)}`;
  const args = [
    whorl,
    'run',
    'spiral',
    ...sweeps,
    `epochs=${EPOCHS}`,
    '--seeds',
    seeds,
    '--engine',
    'native',
    '--json',
  ];
  const { runs } = JSON.parse(await finish(process.execPath, args, { WHORL_HOME: home, DATABASE_URL: '' }));
  const whole = runs.filter(
    (/** @type {{ status: string, config: { epochs: number } }} */ { status, config }) =>
      status === 'finished' && config.epochs === EPOCHS,
  );
  if (whole.length !== RUNS) throw new Error(`whorl finished ${whole.length} of ${RUNS} runs`);
}

/** @param {string} python @param {string} folder @param {number} processes @param {number} threads of each */
async function runTorch(python, folder, processes, threads) {
  const share = (/** @type {number} */ i) =>
    finish(python, [here('torch_sweep.py'), folder, String(threads), String(i), String(processes)]);
  await Promise.all(Array.from({ length: processes }, (_, i) => share(i)));
  const whole = readdirSync(folder).filter((name) => name.startsWith('run-')).length;
  if (whole !== RUNS) throw new Error(`PyTorch finished ${whole} of ${RUNS} runs`);
}

/**
 * A whole sweep from the command to the last recorded point, on all cores: whorl, beside a plain PyTorch script as one
 * process with all threads and as one process a core. The ratio is to the faster of the two.
 * @param {{ python: string | undefined, rounds?: number | undefined, json: boolean }} options
 */
export async function bench({ python, rounds = 1, json }) {
  if (python === undefined) throw new BenchError('sweep: expected --torch PATH_TO_PYTHON, the peer it is measured by');
  const torch = checkTorch(python);
  const cores = availableParallelism();
  /** @type {{ engine: string, run: (folder: string) => Promise<void>, times: number[] }[]} */
  const lanes = [
    { engine: `whorl, ${cores} jobs`, run: runWhorl, times: [] },
    { engine: `PyTorch, ${cores} processes`, run: (folder) => runTorch(python, folder, cores, 1), times: [] },
    { engine: `PyTorch, ${cores} threads`, run: (folder) => runTorch(python, folder, 1, cores), times: [] },
  ];
  if (!json) console.log(`${machine()}, PyTorch ${torch}\n${CASE}\n`);
  for (let turn = 0; turn < rounds; turn++) {
    for (const { engine, run, times } of turn % 2 === 0 ? lanes : lanes.toReversed()) {
      const folder = mkdtempSync(path.join(tmpdir(), 'whorl-bench-'));
      try {
        await writeSweep(folder);
        const started = performance.now();
        await run(folder);
        times.push(performance.now() - started);
        if (!json) console.log(`${engine}: ${((times.at(-1) ?? 0) / 1000).toFixed(1)} s`);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
  }
  const torchMs = Math.min(
    ...lanes.filter(({ engine }) => engine.startsWith('PyTorch')).map(({ times }) => median(times)),
  );
  const rows = lanes.map(({ engine, times }) => ({
    case: CASE,
    engine,
    ms: round(median(times)),
    ratioToTorch: round(median(times) / torchMs),
  }));
  if (json) console.log(JSON.stringify({ rows }));
  else {
    console.log();
    printTable(rows.map(({ engine, ms, ratioToTorch }) => ({ engine, s: ms / 1000, 'to PyTorch': ratioToTorch })));
  }
}
