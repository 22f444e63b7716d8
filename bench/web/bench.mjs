import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkPython } from '../measure/peer.mjs';
import { machine, median, printTable, round } from '../measure/report.mjs';
import { measureLive } from './live.mjs';
import { Browser, pagesOf } from './pages.mjs';
import { measureApi, measureQueries } from './queries.mjs';
import { countsOf, makeRecord, TINY, thousands, WHOLE } from './record.mjs';
import { Server } from './server.mjs';

/** @typedef {{ size: import('./record.mjs').Size, queries: number, rounds: number, seconds: number }} Extent */

/** @type {Extent} */
const EXTENT = { size: WHOLE, queries: 20, rounds: 3, seconds: 60 };
/** @type {Extent} */
const TINY_EXTENT = { size: TINY, queries: 2, rounds: 1, seconds: 2 };

/** @typedef {{ case: string, ms: number | null, bytes: number | null }} Row */

/**
 * The web app on a large record: queries in the store and over tRPC, pages in a real Chromium and, with `mlflow`, the
 * path of a Python that has it, a page of runs in MLflow. For `seconds` a run logs 1,000 points per second.
 * @param {{ mlflow: string | undefined, seconds?: number | undefined, only: string, tiny: boolean, json: boolean }} options
 */
export async function bench({ mlflow, only, tiny, json, seconds }) {
  const extent = tiny ? TINY_EXTENT : EXTENT;
  const { size } = extent;
  if (mlflow !== undefined) checkPython('mlflow', mlflow);
  const say = (/** @type {string} */ text) => {
    if (!json) console.log(text);
  };
  const wanted = (/** @type {string} */ name) => name.toLowerCase().includes(only.toLowerCase());
  /** @type {Row[]} */
  const rows = [];
  const home = mkdtempSync(path.join(tmpdir(), 'whorl-bench-'));
  say(`${machine()}\n`);
  try {
    const { runs, points } = countsOf(size);
    say(`  … makes a record of ${thousands(runs)} runs and ${thousands(points)} points`);
    const made = await makeRecord(home, size);
    if (wanted('store')) rows.push(...(await measureQueries(home, made, extent)));
    const server = await Server.start(home);
    try {
      if (wanted('tRPC')) rows.push(...(await measureApi(server, made, extent)));
      const browser = await Browser.start(server.url, extent.rounds);
      try {
        for (const [name, measure] of Object.entries(pagesOf(size))) {
          if (!wanted(name)) continue;
          say(`  … ${name}`);
          rows.push({ case: name, ...(await measure(browser, made)) });
        }
        if (wanted('live')) {
          say('  … live');
          rows.push(...(await measureLive(browser, home, seconds ?? extent.seconds)));
        }
      } finally {
        await browser.stop();
      }
    } finally {
      await server.stop();
    }
    if (mlflow !== undefined && wanted('mlflow')) {
      say('  … MLflow');
      rows.push(...measureMlflow(mlflow, home, size.table));
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  const rounded = rows.map((row) => ({ ...row, ms: row.ms === null ? null : round(row.ms) }));
  if (json) console.log(JSON.stringify({ rows: rounded }));
  else printTable(rounded.map(({ bytes, ...row }) => ({ ...row, kB: bytes === null ? null : round(bytes / 1000) })));
}

/** @param {string} python @param {string} folder @param {number} runs @returns {Row[]} */
function measureMlflow(python, folder, runs) {
  const script = fileURLToPath(new URL('./mlflow_runs.py', import.meta.url));
  const said = execFileSync(python, [script, folder, String(runs)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { sorted, filtered } = JSON.parse(said);
  return [
    { case: `MLflow: 100 of ${thousands(runs)} runs sorted by a metric`, ms: median(sorted), bytes: null },
    { case: `MLflow: 100 of ${thousands(runs)} runs filtered by three terms`, ms: median(filtered), bytes: null },
  ];
}
