import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { BenchError } from '../bench-error.mjs';
import { machine, printTable, round } from '../report.mjs';
import { measurePages } from './pages.mjs';
import { measureQueries } from './queries.mjs';
import { makeRecord } from './record.mjs';
import { Server } from './server.mjs';

const RUNS = 10_000;

/** @typedef {{ case: string, ms: number | null, bytes: number | null }} Row */

/**
 * The web app on a large record: queries in the store and over tRPC, pages in a real Chromium, and with `mlflow` a page
 * of runs in MLflow. `seconds` is for how long a live run logs 1,000 points a second.
 * @param {{ mlflow: string | undefined, seconds: number, only: string, json: boolean }} options
 */
export async function bench({ mlflow, seconds, only, json }) {
  if (mlflow !== undefined) checkMlflow(mlflow);
  const home = mkdtempSync(path.join(tmpdir(), 'whorl-bench-'));
  const say = (/** @type {string} */ text) => {
    if (!json) console.log(text);
  };
  say(`${machine()}\n`);
  /** @type {Row[]} */
  const rows = [];
  const wanted = (/** @type {string} */ name) => name.toLowerCase().includes(only.toLowerCase());
  try {
    say('  … makes the record');
    const made = await makeRecord(home, RUNS);
    if (wanted('store')) rows.push(...(await measureQueries(home, made)));
    const server = await Server.start(home);
    try {
      rows.push(...(await measurePages(server, home, made, { seconds, wanted, say })));
    } finally {
      await server.stop();
    }
    if (mlflow !== undefined && wanted('mlflow')) rows.push(...measureMlflow(mlflow, home));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  const rounded = rows.map((row) => ({ ...row, ms: row.ms === null ? null : round(row.ms) }));
  if (json) console.log(JSON.stringify({ rows: rounded }));
  else printTable(rounded.map(({ bytes, ...row }) => ({ ...row, kB: bytes === null ? null : round(bytes / 1000) })));
}

/** @param {string} python @throws BenchError where it has no MLflow */
function checkMlflow(python) {
  try {
    execFileSync(python, ['-c', 'import mlflow'], { stdio: 'pipe' });
  } catch {
    throw new BenchError(`--mlflow: ${python} has no MLflow`);
  }
}

/** @param {string} python @param {string} folder @returns {Row[]} */
function measureMlflow(python, folder) {
  const script = fileURLToPath(new URL('./mlflow_runs.py', import.meta.url));
  const said = execFileSync(python, [script, folder, String(RUNS)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { sorted, filtered } = JSON.parse(said);
  const middle = (/** @type {number[]} */ times) => times.sort((a, b) => a - b)[times.length >> 1] ?? null;
  return [
    { case: 'MLflow: 100 of 10,000 runs by a metric', ms: middle(sorted), bytes: null },
    { case: 'MLflow: 100 of 10,000 runs by a query of three terms', ms: middle(filtered), bytes: null },
  ];
}
