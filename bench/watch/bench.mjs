import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Rng } from '@whorl/core';
import { openStore } from '@whorl/store';
import { BenchError } from '../measure/bench-error.mjs';
import { machine, printTable } from '../measure/report.mjs';

const KILLS = 100;
const TINY_KILLS = 3;
const FILES = 10_000;
const TINY_FILES = 50;
/** How long after its start a follower is killed: before it reads, while it reads, and long after. */
const [SOONEST_MS, LATEST_MS] = [200, 2500];
const WRITE_MS = 10;
const METRICS = 4;
const SAMPLES = 30;
const whorl = fileURLToPath(new URL('../../apps/runner/bin/whorl.js', import.meta.url));

/**
 * Kills `whorl watch` at random moments while files are written, with lines cut anywhere, and counts lost and doubled
 * points; then measures how long a point takes from the file to the record, and how long many files take. A lost or
 * doubled point is an error, which the exit code reports.
 * @param {{ rounds?: number | undefined, tiny: boolean, json: boolean }} options
 */
export async function bench({ tiny, json, rounds = tiny ? TINY_KILLS : KILLS }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'whorl-watch-'));
  try {
    const killed = await kills(folder, rounds);
    const seen = await delays(folder, tiny ? 3 : SAMPLES);
    const many = await manyFiles(folder, tiny ? TINY_FILES : FILES);
    const rows = [killed, seen, many];
    if (json) console.log(JSON.stringify({ rows }));
    else {
      console.log(`${machine()}\n`);
      printTable(rows.map(({ what, ...figures }) => ({ what, figures: JSON.stringify(figures) })));
    }
    if (killed.wrong > 0 || many.wrong > 0)
      throw new BenchError('bench -- watch: points were lost, or are there twice');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Starts the command line. @param {string} home @param {string[]} args */
const start = (home, ...args) =>
  spawn(process.execPath, [whorl, ...args], { stdio: 'ignore', env: { ...process.env, WHORL_HOME: home } });

/** @param {string} folder @param {number} rounds */
async function kills(folder, rounds) {
  const [home, source] = [path.join(folder, 'killed'), path.join(folder, 'killed-runs')];
  mkdirSync(source);
  const rng = Rng.of(1);
  const files = ['a.jsonl', 'b.jsonl', 'c.csv'].map((name) => path.join(source, name));
  writeFileSync(/** @type {string} */ (files[2]), `step,${keys().join(',')}\n`);
  let step = 0;
  /** The rest of each file that is not written yet: lines are cut anywhere. */
  const waiting = files.map(() => '');
  const write = () => {
    const values = keys().map((_, i) => step * METRICS + i);
    const object = `{"step":${step},${keys().map((key, i) => `"${key}":${values[i]}`)}}\n`;
    for (const [i, line] of [object, object, `${step},${values.join(',')}\n`].entries()) {
      const text = /** @type {string} */ (waiting[i]) + line;
      const cut = Math.floor(rng.uniform(0, text.length + 1));
      appendFileSync(/** @type {string} */ (files[i]), text.slice(0, cut));
      waiting[i] = text.slice(cut);
    }
    step += 1;
  };
  const writing = setInterval(write, WRITE_MS);
  for (let round = 0; round < rounds; round++) {
    const child = start(home, 'watch', source, '--name', 'killed');
    await sleep(rng.uniform(SOONEST_MS, LATEST_MS));
    child.kill('SIGKILL');
    await once(child, 'close');
  }
  clearInterval(writing);
  for (const [i, file] of files.entries()) appendFileSync(file, /** @type {string} */ (waiting[i]));
  await once(start(home, 'import', source, '--name', 'killed'), 'close');
  const store = await openStore({ home, readOnly: true });
  let [wrong, points] = [0, 0];
  const { id } = await store.experiments.get('killed');
  const runs = store.logged.read(store.runs.ids({ scope: { experimentId: id } }));
  if (runs.length !== files.length) wrong += step * METRICS;
  for (const run of runs) {
    for (const [i, key] of keys().entries()) {
      const { steps, values } = store.metrics.read(run.id, key);
      points += steps.length;
      wrong += Math.abs(steps.length - step);
      for (let at = 0; at < Math.min(steps.length, step); at++)
        if (steps[at] !== at || values[at] !== at * METRICS + i) wrong += 1;
    }
  }
  await store.close();
  return { what: 'killed at random moments', kills: rounds, points, wrong };
}

const keys = () => Array.from({ length: METRICS }, (_, i) => `metric ${i}`);

/** How long a point takes from the file to the record, in ms. @param {string} folder @param {number} samples */
async function delays(folder, samples) {
  const [home, source] = [path.join(folder, 'delays'), path.join(folder, 'delayed-runs')];
  mkdirSync(source);
  const file = path.join(source, 'run.jsonl');
  writeFileSync(file, '{"step":0,"loss":0}\n');
  await once(start(home, 'import', source, '--name', 'delays'), 'close');
  const child = start(home, 'watch', source, '--name', 'delays');
  const store = await openStore({ home, readOnly: true });
  const { id } = await store.experiments.get('delays');
  const [run = ''] = store.runs.ids({ scope: { experimentId: id } });
  const found = [];
  await sleep(2000); // it starts, and reads the existing files
  for (let step = 1; step <= samples; step++) {
    const began = performance.now();
    appendFileSync(file, `{"step":${step},"loss":${step}}\n`);
    while (store.metrics.read(run, 'loss').steps.length <= step) {
      if (performance.now() - began > 10_000) throw new BenchError('bench -- watch: a point did not come within 10 s');
      await sleep(5);
    }
    found.push(performance.now() - began);
    await sleep(200);
  }
  await store.close();
  child.kill('SIGKILL');
  await once(child, 'close');
  found.sort((a, b) => a - b);
  return {
    what: 'from the file to the record',
    medianMs: Math.round(found[found.length >> 1] ?? 0),
    longestMs: Math.round(found.at(-1) ?? 0),
  };
}

/** How long many files take: the first time, and when nothing is new. @param {string} folder @param {number} count */
async function manyFiles(folder, count) {
  const [home, source] = [path.join(folder, 'many'), path.join(folder, 'many-runs')];
  for (let i = 0; i < count; i++) {
    const place = path.join(source, String(i % 100));
    mkdirSync(place, { recursive: true });
    writeFileSync(path.join(place, `${i}.jsonl`), `{"step":0,"loss":${i}}\n{"step":1,"loss":${i / 2}}\n`);
  }
  const time = async () => {
    const began = performance.now();
    await once(start(home, 'import', source, '--name', 'many'), 'close');
    return Math.round(performance.now() - began);
  };
  const [firstMs, againMs] = [await time(), await time()];
  const store = await openStore({ home, readOnly: true });
  const { id, runs } = await store.experiments.get('many');
  const points = store.metrics.countPoints(store.runs.ids({ scope: { experimentId: id } }), 'loss');
  await store.close();
  return {
    what: 'many files',
    files: count,
    firstMs,
    againMs,
    wrong: Math.abs(runs - count) + Math.abs(points - 2 * count),
  };
}
