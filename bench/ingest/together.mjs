import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openStore } from '@whorl/store';
import { Browser } from '../web/pages.mjs';

const SCRIPTS = 8;
const METRICS = 10;
const program = fileURLToPath(new URL('together.py', import.meta.url));

/**
 * Scripts log at once while the page of the first run and the page of one of their experiments are open.
 * @param {import('./servers.mjs').Server} server @param {number} seconds
 * @returns all complaints, how many points were logged, and how many of these are missing in the record or differ
 */
export async function together(server, seconds) {
  /** @type {string[]} */
  const errors = [];
  const scripts = Array.from({ length: SCRIPTS }, (_, i) => new Script(server.url, seconds, i));
  const runs = await Promise.all(scripts.map(async (script) => (await script.next()).run));
  const browser = await Browser.start(server.url, 1);
  try {
    const experiment = await experimentOf(server, runs[0]);
    const look = (/** @type {string} */ path) =>
      browser.page(async (page) => {
        const complain = (/** @type {unknown} */ text) => errors.push(`${path}: ${text}`);
        page.on('pageerror', complain);
        page.on('response', (/** @type {any} */ answer) => answer.status() >= 400 && complain(answer.status()));
        await page.goto(browser.address(path));
        await Promise.all(scripts.map(({ ended }) => ended));
      });
    await Promise.all([look(`/runs/${runs[0]}`), look(`/experiments/${experiment}`)]);
  } finally {
    await browser.stop();
  }
  const results = await Promise.all(scripts.map((script) => script.next()));
  for (const { said } of results) errors.push(...said);
  for (const { code, which } of await Promise.all(scripts.map(({ ended }) => ended)))
    if (code !== 0) errors.push(`script ${which} ended with ${code}`);
  const steps = results.map((result) => result.steps);
  const points = METRICS * steps.reduce((sum, count) => sum + count, 0);
  return { errors, points, wrong: await wrongPoints(server.data, runs, steps) };
}

class Script {
  /** @param {string} url @param {number} seconds @param {number} which */
  constructor(url, seconds, which) {
    const stdio = /** @type {const} */ (['ignore', 'pipe', 'inherit']);
    const child = spawn('python3', [program, url, String(seconds), String(which)], { stdio: [...stdio] });
    this.lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    this.ended = once(child, 'exit').then(([code]) => ({ code, which }));
  }

  /** Its next message. @returns {Promise<any>} */
  async next() {
    const { value, done } = await this.lines.next();
    if (done) throw new Error('a script ended without a word');
    return JSON.parse(value);
  }
}

/** The experiment of a run, once it is there. @param {import('./servers.mjs').Server} server @param {string} run */
async function experimentOf({ url }, run) {
  for (;;) {
    const response = await fetch(`${url}/api/2.0/mlflow/runs/get?run_id=${run}`);
    if (response.ok) return (await response.json()).run.info.experiment_id;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** @param {string} home @param {readonly string[]} runs @param {readonly number[]} steps of each */
async function wrongPoints(home, runs, steps) {
  const store = await openStore({ home, readOnly: true });
  let wrong = 0;
  try {
    for (const [which, run] of runs.entries())
      for (let metric = 0; metric < METRICS; metric++) {
        const found = store.metrics.read(run, `metric${metric}`);
        const count = steps[which] ?? 0;
        wrong += Math.max(0, found.steps.length - count);
        for (let step = 0; step < count; step++) {
          const value = ((step * 7919) % 10_007) + metric + which / 8;
          if (found.steps[step] !== step || found.values[step] !== value) wrong += 1;
        }
      }
  } finally {
    await store.close();
  }
  return wrong;
}
