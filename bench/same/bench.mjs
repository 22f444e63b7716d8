import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Rng } from '@whorl/core';
import { openStore } from '@whorl/store';
import { trainInPool } from '../../apps/runner/dist/pool.js';
import { Peer } from '../measure/peer.mjs';
import { machine, printTable } from '../measure/report.mjs';
import { anyConfig, CSV } from './any-config.mjs';

/** @typedef {import('@whorl/core').Config} Config */
/** @typedef {{ hash: string, mode: string }} Trained */

/** The default engine. */
const ENGINE = 'portable';
const SEED = 1;
const CONFIGS = 200;
/** The configs of a tiny bench, and how many of them are trained in a process of their own. */
const TINY = { configs: 2, alone: 1 };
const trainer = fileURLToPath(new URL('./trainer.mjs', import.meta.url));

/**
 * Trains random configs of every kind in several ways and compares everything that comes of each: the measures of every
 * step, the looks in between, and the weights. Each trains alone in a process; in one process after all the others; in
 * reverse order, each after another seed of its own; and recorded by one worker and by two, in another order again. A
 * difference is an error.
 * @param {{ rounds?: number | undefined, tiny: boolean, json: boolean }} options rounds: how many configs
 */
export async function bench({ tiny, json, rounds = tiny ? TINY.configs : CONFIGS }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'whorl-same-'));
  if (!json) console.log(`${machine()}, engine ${ENGINE}\n`);
  try {
    const csv = path.join(folder, 'flowers.csv');
    writeFileSync(csv, CSV);
    const rng = Rng.of(SEED);
    const configs = Array.from({ length: rounds }, () => anyConfig(rng, csv));
    const alone = tiny ? TINY.alone : rounds;
    const inOrder = await inOneProcess(configs);
    const backwards = await inOneProcess(configs.toReversed(), otherSeed);
    const byOne = await recorded(configs, { folder: path.join(folder, 'one'), jobs: 1 });
    const byTwo = await recorded(configs.toReversed(), { folder: path.join(folder, 'two'), jobs: 2 });
    const own = [];
    for (const config of configs.slice(0, alone)) own.push(...(await inOneProcess([config])));
    const comparisons = [
      { what: 'alone in a process', one: own, other: inOrder.slice(0, alone) },
      { what: 'in another order, after another seed', one: backwards.toReversed(), other: inOrder },
      { what: 'recorded with --jobs 1 and 2', one: byTwo.toReversed(), other: byOne },
    ];
    const rows = [];
    for (const { what, one, other } of comparisons) {
      const differing = one.flatMap((trained, i) => (isSame(trained, other[i]) ? [] : [i]));
      const convolutional = configs.slice(0, one.length).filter(({ model }) => model.name !== 'mlp').length;
      rows.push({
        case: what,
        configs: one.length,
        'of these convolutional': convolutional,
        differing: differing.length,
      });
      for (const i of differing) console.error(`✗ ${what}: ${JSON.stringify(configs[i])}`);
      if (differing.length > 0) process.exitCode = 1;
    }
    const compiled = inOrder.filter(({ mode }) => mode === 'compiled').length;
    if (json) console.log(JSON.stringify({ rows }));
    else {
      printTable(rows);
      console.log(`\n${compiled} of ${rounds} trained compiled`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {Trained} one @param {Trained | undefined} other */
const isSame = (one, other) => one.hash === other?.hash && one.mode === other.mode;

/** @param {Config} config @returns {Config} */
const otherSeed = (config) => ({ ...config, seed: config.seed === 3 ? 4 : 3 });

/**
 * Trains configs one after the other in one process.
 * @param {readonly Config[]} configs
 * @param {(config: Config) => Config} [first] what is trained before each
 * @returns {Promise<Trained[]>}
 */
async function inOneProcess(configs, first) {
  const peer = new Peer(process.execPath, [trainer, ENGINE]);
  try {
    const all = [];
    for (const config of configs) {
      if (first) await peer.ask(first(config));
      all.push(await peer.ask(config));
    }
    return all;
  } finally {
    peer.end();
  }
}

/**
 * Trains and records configs as `whorl run` does, and reads back every point.
 * @param {readonly Config[]} configs @param {{ folder: string, jobs: number }} options
 * @returns {Promise<Trained[]>}
 */
async function recorded(configs, { folder, jobs }) {
  const store = await openStore({ home: folder });
  try {
    const experiment = await store.experiments.create('same', 'any');
    const tasks = configs.map((config, index) => ({ index, experimentId: experiment.id, name: `${index}`, config }));
    /** @type {string[]} */
    const ids = [];
    const settings = { home: folder, databaseUrl: undefined, engine: ENGINE, eager: false };
    await trainInPool(
      tasks,
      { ...settings, store, jobs, signal: new AbortController().signal },
      {
        onReady: () => {},
        onStart: () => {},
        onStep: () => {},
        onDrop: () => {},
        onEnd: ({ index }, runId) => {
          ids[index] = runId;
        },
      },
    );
    const runs = await store.runs.getMany(ids);
    return runs.map(({ id, status, mode, metrics, error }) => {
      if (status !== 'finished') throw new Error(`a run ended as ${status}: ${error}`);
      const hash = createHash('sha256');
      for (const key of metrics.map((one) => one.key).sort()) {
        const { steps, values } = store.metrics.read(id, key);
        hash.update(key).update(steps).update(values);
      }
      return { mode, hash: hash.digest('hex') };
    });
  } finally {
    await store.close();
  }
}
