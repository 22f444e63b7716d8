import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildConfig, trainingStudy } from '@whorl/core';
import { prepare } from '@whorl/core/node';
import { BenchError } from '../measure/bench-error.mjs';
import { nativeEngine } from '../measure/native-engine.mjs';
import { canPin, checkTorch, Peer } from '../measure/peer.mjs';
import { machine, median, printTable, round } from '../measure/report.mjs';
import { CASES } from './cases.mjs';

const here = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));
const ROUNDS = 7;
/** How many steps are trained before the clock starts. */
const WARM = 50;
const TINY = { rounds: 1, warm: 1, steps: 1 };

/** Writes each case's config and data where the PyTorch script reads them. @param {string} folder */
async function writeCases(folder) {
  for (const [name, { values }] of Object.entries(CASES)) {
    const config = buildConfig(trainingStudy('spiral').defaults, values);
    const { train: data } = await prepare(config);
    writeFileSync(path.join(folder, `${name}.json`), JSON.stringify({ ...config, shape: data.shape }));
    writeFileSync(path.join(folder, `${name}.x`), data.x);
    writeFileSync(path.join(folder, `${name}.labels`), data.labels);
  }
}

/**
 * The time of one training step on each engine, beside PyTorch: one core, one thread, engines by turns in an order
 * reversed every round; the median of the rounds.
 * @param {{ python: string | undefined, compile: boolean, rounds?: number | undefined, only: string, tiny: boolean, json: boolean }} options
 */
export async function bench({ python, compile, only, tiny, json, rounds = tiny ? TINY.rounds : ROUNDS }) {
  const wanted = Object.entries(CASES).filter(([name]) => name.toLowerCase().includes(only.toLowerCase()));
  // Tiny: one case of each kind of training.
  const cases = tiny
    ? wanted.filter(([, { unit }], i) => wanted.findIndex(([, other]) => other.unit === unit) === i)
    : wanted;
  if (cases.length === 0)
    throw new BenchError(`--only: expected a part of ${Object.keys(CASES).join(' | ')}, got "${only}"`);
  const torch = python === undefined ? null : checkTorch(python);
  const folder = mkdtempSync(path.join(tmpdir(), 'whorl-bench-'));
  const core = cpus().length - 1;
  /** @type {{ engine: string, steps: 'compiled' | 'eager' | 'wasm', start: () => Peer }[]} */
  const engines = [
    .../** @type {('compiled' | 'eager')[]} */ (nativeEngine() ? ['compiled', 'eager'] : []).map((mode) => ({
      engine: `native, ${mode}`,
      steps: mode,
      start: () => new Peer(process.execPath, [here('measure.mjs'), 'native', mode], { core }),
    })),
    {
      engine: 'portable',
      steps: 'compiled',
      start: () => new Peer(process.execPath, [here('measure.mjs'), 'portable', 'compiled'], { core }),
    },
    {
      engine: 'portable, Chromium',
      steps: 'compiled',
      start: () => new Peer(process.execPath, [here('chromium.mjs')], { core }),
    },
    {
      engine: 'wasm, eager',
      steps: 'wasm',
      start: () => new Peer(process.execPath, [here('measure.mjs'), 'wasm', 'eager'], { core }),
    },
    ...(python === undefined ? [] : ['eager', ...(compile ? ['compiled'] : [])]).map((mode) => ({
      engine: `PyTorch, ${mode}`,
      steps: /** @type {const} */ ('compiled'),
      start: () => new Peer(/** @type {string} */ (python), [here('torch_training.py'), folder, mode], { core }),
    })),
  ];
  const say = (/** @type {string} */ text) => {
    if (!json) console.log(text);
  };
  say(
    `${machine()}${torch ? `, PyTorch ${torch}` : ''}, ${canPin ? `pinned to core ${core}` : 'not pinned: no taskset'}`,
  );
  /** @type {{ case: string, engine: string, ms: number, ratioToTorch: number | null }[]} */
  const rows = [];
  try {
    await writeCases(folder);
    for (const [name, { steps, unit }] of cases) {
      // Each case has processes of its own, as when training a single model.
      const lanes = engines.map((lane) => ({ ...lane, peer: lane.start(), times: /** @type {number[]} */ ([]) }));
      try {
        const ask = (/** @type {typeof lanes[0]} */ lane) =>
          lane.peer.ask(
            tiny
              ? { case: name, warm: TINY.warm, steps: TINY.steps }
              : { case: name, warm: WARM, steps: steps[lane.steps] },
          );
        for (const lane of lanes) await ask(lane); // to warm up
        for (let turn = 0; turn < rounds; turn++) {
          for (const lane of turn % 2 === 0 ? lanes : lanes.toReversed()) {
            lane.times.push((await ask(lane)).ms);
          }
        }
      } finally {
        for (const { peer } of lanes) peer.end();
      }
      const torchTimes = lanes.find(({ engine }) => engine === 'PyTorch, eager')?.times;
      const own = lanes.map(({ engine, times }) => ({
        case: name,
        engine,
        ms: round(median(times)),
        ratioToTorch: torchTimes ? round(median(times) / median(torchTimes)) : null,
      }));
      rows.push(...own);
      if (!json) {
        say(`\n${name} (${unit}, median of ${rounds})`);
        printTable(own.map(({ engine, ms, ratioToTorch }) => ({ engine, ms, 'to PyTorch': ratioToTorch })));
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (json) console.log(JSON.stringify({ rows }));
}
