// Rounds of a campaign of kills on one record. Arguments: home, seed, first round, count, epochs of each run. Prints a
// line of JSON for each round.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Rng } from '@whorl/core';
import { openStore } from '@whorl/store';
import { KINDS, RIGHT } from './kinds.mjs';

const SEEDS = [1, 2, 3];
const [home = '', seed = '', first = '', count = '', epochs = ''] = process.argv.slice(2);
const SWEEP = ['spiral', `epochs=${epochs}`, 'data.n=20', 'model.hidden=[4]', '--engine', 'wasm', '--seeds', '1..3'];
const METRICS = ['loss', 'accuracy'];
/** The start of an undisturbed sweep, on a machine that does nothing else. */
const BOOT_MS = 900;
const TRAINS_MS = 1500;
const GONE_MS = 8000;
const PATIENCE_MS = 60_000;
const bin = fileURLToPath(new URL('../../apps/runner/bin/whorl.js', import.meta.url));

/** @typedef {{ id: string, seed: number, status: string }} Run */
/** @typedef {Readonly<Record<string, { steps: Float64Array, values: Float64Array }>>} Points */

const store = await openStore({ home });

/** @param {readonly string[]} args */
function start(args) {
  const child = spawn(process.execPath, [bin, ...args], {
    env: { ...process.env, WHORL_HOME: home, LC_ALL: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
    child[name].on('data', (text) => {
      said[name] += text;
    });
  }
  const ended = once(child, 'close', { signal: AbortSignal.timeout(PATIENCE_MS) }).then(([code, signal]) => ({
    code: signal === 'SIGINT' ? 130 : code, // as a shell reports it
    ...said,
  }));
  return { child, ended };
}

/** The state and the parent of a process, read after its name; null where it is gone. @param {number} pid */
function statOf(pid) {
  try {
    const [state = '', parent = ''] = (readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1) ?? '').split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return null;
  }
}

const isThere = (/** @type {number} */ pid) => !['Z', 'X', undefined].includes(statOf(pid)?.state);

/** The processes that a process started. @param {number | undefined} parent */
const childrenOf = (parent) =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => statOf(pid)?.parent === parent);

/** @param {number} pid @param {NodeJS.Signals} signal */
function kill(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // it ended by itself meanwhile
  }
}

/** @param {string} name @returns {Promise<Run[]>} */
async function runsOf(name) {
  const experiment = await store.experiments.find(name);
  return experiment ? store.runs.all(experiment.id) : [];
}

/** How many points each run has stored. @param {readonly Run[]} runs */
const countsOf = (runs) => new Map(runs.map(({ id }) => [id, store.metrics.countPoints([id], 'loss')]));

/** @param {string} id @returns {Points} */
const pointsOf = (id) => Object.fromEntries(METRICS.map((key) => [key, store.metrics.read(id, key)]));

/**
 * Why points are not the first ones of the same training undisturbed; null where they are.
 * @param {Points} points @param {Points} whole
 */
function difference(points, whole) {
  for (const key of METRICS) {
    const { steps, values } = /** @type {Points[string]} */ (points[key]);
    const expected = /** @type {Points[string]} */ (whole[key]);
    if (steps.length > expected.steps.length) return `${key} has ${steps.length} points of ${expected.steps.length}`;
    const at = steps.findIndex((step, i) => step !== expected.steps[i] || !Object.is(values[i], expected.values[i]));
    if (at >= 0)
      return `${key} at ${steps[at]} is ${values[at]}, undisturbed ${expected.values[at]} at ${expected.steps[at]}`;
  }
  return null;
}

/** @param {number} at @param {ReadonlyMap<number, Points>} undisturbed @returns {Promise<import('./bench.mjs').Round>} */
async function round(at, undisturbed) {
  const kind = /** @type {import('./kinds.mjs').Kind} */ (KINDS[at % KINDS.length]);
  const rng = Rng.of(Number(seed)).split(`round ${at}`);
  const name = `round ${at}`;
  /** @type {string[]} */
  const faults = [];
  const { child, ended } = start(['run', ...SWEEP, '--jobs', '2', '--name', name]);
  const boots = kind === 'at boot';
  if (!boots) await firstPoint(name, child);
  await sleep(rng.uniform() * (boots ? BOOT_MS : TRAINS_MS));
  const pid = /** @type {number} */ (child.pid);
  const workers = childrenOf(pid);
  const before = countsOf(await runsOf(name));
  const endedBefore = child.exitCode !== null;
  if (kind === 'all') for (const one of [pid, ...workers]) kill(one, 'SIGKILL');
  if (kind === 'parent') kill(pid, 'SIGKILL');
  const worker = workers[Math.floor(rng.uniform(0, workers.length))];
  if (kind === 'worker' && worker !== undefined) kill(worker, 'SIGKILL');
  if (kind === 'SIGHUP') kill(pid, 'SIGHUP');
  if (boots || kind.endsWith('Ctrl-C')) kill(pid, 'SIGINT');
  if (kind === 'twice Ctrl-C') {
    await sleep(rng.uniform() * 800);
    kill(pid, 'SIGINT');
  }
  const { code, stderr } = await ended;
  const right = RIGHT[kind];
  // A kill that comes too late, or hits a worker with nothing left to train, disturbs nothing.
  const codes = endedBefore || kind === 'worker' ? [...right.codes, 0] : right.codes;
  if (!codes.includes(code)) faults.push(`exit code ${code}, expected ${codes.join(' or ')}: ${stderr.trim()}`);

  // The first look counts, whichever command takes it: this is one of its own.
  const look = await start(['ls', name, '--json']).ended;
  const seen = look.code === 0 ? /** @type {{ runs: Run[] }} */ (JSON.parse(look.stdout)).runs : [];
  if (look.code !== 0 && !boots) faults.push(`whorl ls: exit code ${look.code}: ${look.stderr.trim()}`);
  for (const { id, seed, status } of seen) {
    if (!right.statuses.includes(status)) faults.push(`seed ${seed} is ${status}`);
    const points = pointsOf(id);
    const whole = /** @type {Points} */ (undisturbed.get(seed));
    const changed = difference(points, whole);
    if (changed) faults.push(`seed ${seed}, changed: ${changed}`);
    const stored = points.loss?.steps.length ?? 0;
    if (stored < (before.get(id) ?? 0)) faults.push(`seed ${seed}, lost: ${stored} points, ${before.get(id)} before`);
    if (status === 'finished' && stored < (whole.loss?.steps.length ?? 0)) faults.push(`seed ${seed}, lost at its end`);
  }
  const until = performance.now() + GONE_MS;
  while ([pid, ...workers].some(isThere) && performance.now() < until) await sleep(50);
  const orphans = [pid, ...workers].filter(isThere);
  if (orphans.length > 0) faults.push(`${orphans.length} of ${workers.length + 1} processes after ${GONE_MS / 1000} s`);
  return { kind, at, faults };
}

/** @param {string} name @param {import('node:child_process').ChildProcess} child */
async function firstPoint(name, child) {
  for (;;) {
    const counts = countsOf(await runsOf(name));
    if (child.exitCode !== null || [...counts.values()].some((count) => count > 0)) return;
    await sleep(20);
  }
}

/** The files in the home to which no row refers: unfinished ones, and those of no run. */
async function litter() {
  const named = new Set();
  for (const { id } of await store.experiments.all()) {
    for (const run of await store.runs.all(id)) {
      for (const { sha256 } of await store.artifacts.list(run.id)) named.add(sha256);
    }
  }
  return readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .filter((name) => name.endsWith('.part') || (/^[\da-f]{64}$/.test(name) && !named.has(name)));
}

const whole = await start(['run', ...SWEEP, '--name', 'undisturbed']).ended;
if (whole.code !== 0) throw new Error(`the undisturbed sweep: exit code ${whole.code}\n${whole.stderr}`);
const undisturbed = new Map((await runsOf('undisturbed')).map(({ id, seed }) => [seed, pointsOf(id)]));
if (undisturbed.size !== SEEDS.length) throw new Error(`the undisturbed sweep has ${undisturbed.size} runs`);

const last = Number(first) + Number(count) - 1;
for (let at = Number(first); at <= last; at++) {
  const { faults, ...done } = await round(at, undisturbed);
  if (at === last) {
    for (const command of [['gc'], ['doctor', '--deep', '--json']]) {
      const { code, stdout, stderr } = await start(command).ended;
      if (code !== 0) faults.push(`whorl ${command.join(' ')}: exit code ${code}: ${stdout}${stderr}`);
    }
    const left = await litter();
    if (left.length > 0) faults.push(`after whorl gc ${left.length} files lie about, as ${left[0]}`);
  }
  console.log(JSON.stringify({ ...done, faults }));
}
await store.close();
