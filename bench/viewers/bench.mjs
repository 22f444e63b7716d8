import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore } from '@whorl/store';
import { machine, printTable, quantile, round } from '../measure/report.mjs';
import { askAsOwner } from '../web/owner.mjs';
import { processesOf, Watched } from '../web/processes.mjs';
import { Server } from '../web/server.mjs';
import { Viewer } from './viewer.mjs';

const cli = fileURLToPath(new URL('../../apps/runner/bin/whorl.js', import.meta.url));
const NAME = 'live';
const WHOLE = { viewers: 200, joinS: 10, seconds: 60, still: 50, stillS: 20 };
const TINY = { viewers: 4, joinS: 0.5, seconds: 2, still: 2, stillS: 0.5 };
const LOOK_MS = 20;

/** @typedef {{ case: string, p50: number | null, p95: number | null, worst: number | null, count: number }} Row */

/**
 * A class watches one live share while a run trains: how long viewers and the owner wait, how far viewers are behind
 * the record, and what streams cost while nothing changes. Times in ms.
 * @param {{ seconds?: number | undefined, tiny: boolean, json: boolean }} options
 */
export async function bench({ seconds, tiny, json }) {
  const extent = tiny ? TINY : WHOLE;
  const lasting = seconds ?? extent.seconds;
  const say = (/** @type {string} */ text) => {
    if (!json) console.log(text);
  };
  const home = mkdtempSync(path.join(tmpdir(), 'whorl-bench-'));
  const { DATABASE_URL: _, ...env } = process.env;
  say(`${machine()}\n\n  … trains, and ${extent.viewers} viewers join within ${extent.joinS} s`);
  const training = spawn(
    process.execPath,
    [cli, 'run', 'spiral', 'epochs=10000000', 'data.n=100', '--name', NAME, '--json'],
    {
      env: { ...env, WHORL_HOME: home },
      stdio: 'ignore',
    },
  );
  const ended = new Promise((resolve) => training.once('exit', resolve));
  try {
    const server = await Server.start(home);
    const store = await openStore({ home, readOnly: true });
    try {
      const run = await firstRun(store);
      const url = `${server.shareUrl}${await server.share({ experimentId: run.experimentId })}`;
      await (await fetch(url)).text();
      const watched = new Watched(server.child.pid ?? 0, Math.min(1000, 100 * lasting));
      const over = new AbortController();
      const waits = askAsOwner(server, run.experimentId, over.signal);
      const written = watchRecord(store, run.id);
      /** @type {import('./viewer.mjs').Seen} */
      const seen = { pages: [], updates: [], errors: [] };
      const viewers = Array.from({ length: extent.viewers }, () => new Viewer(url, run.experimentId, seen));
      const start = performance.now();
      let opened = 0;
      const joining = Promise.all(
        viewers.map(async (viewer, i) => {
          await pause((1000 * extent.joinS * i) / extent.viewers);
          await viewer.open();
          opened += 1;
        }),
      );
      await Promise.race([joining, pause(1000 * lasting)]);
      await pause(1000 * lasting - (performance.now() - start));
      const stillOpening = viewers.length - opened;
      over.abort();
      const owner = await waits;
      const commits = written();
      for (const viewer of viewers.slice(extent.still)) viewer.close();
      training.kill('SIGINT');
      await ended;
      say(`  … ${extent.still} streams of a run that has ended`);
      const memory = watched.stop();
      const cpu = await costOfStill(server, extent.stillS);
      for (const viewer of viewers) viewer.close();
      const behind = seen.updates.flatMap(({ total, at }) => {
        const commit = commits.find(({ count }) => count >= total);
        return commit ? [at - commit.at] : [];
      });
      const timed = (/** @type {string} */ what, /** @type {number[]} */ values) => ({
        case: what,
        ...{ p50: round(quantile(values, 0.5)), p95: round(quantile(values, 0.95)) },
        ...{ worst: round(Math.max(...values)), count: values.length },
      });
      const plain = (/** @type {string} */ what, /** @type {number} */ count) => ({
        ...{ case: what, p50: null, p95: null, worst: null, count: round(count) },
      });
      const rows = [
        timed('a page, ms', seen.pages),
        timed('an update after it was recorded, ms', behind),
        timed('the owner, ms', owner),
        plain('errors', seen.errors.length),
        plain('pages that were not whole in time', stillOpening),
        plain('memory of all processes, MB', memory.mb),
        plain(`percent of a core that ${extent.still} streams take while nothing changes`, cpu),
      ];
      if (seen.errors.length > 0) console.error([...new Set(seen.errors)].slice(0, 10).join('\n'));
      if (json) console.log(JSON.stringify({ rows }));
      else printTable(rows);
    } finally {
      await store.close();
      await server.stop();
    }
  } finally {
    training.kill('SIGINT');
    await ended;
    rmSync(home, { recursive: true, force: true });
  }
}

/** @param {number} ms */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

/** The training run, once it has points. @param {import('@whorl/store').Store} store */
async function firstRun(store) {
  for (;;) {
    const { items } = await store.experiments.list({ text: NAME });
    const [run] = items[0] ? (await store.runs.list(items[0].id)).items : [];
    if (run && run.metrics.length > 0) return run;
    await pause(100);
  }
}

/**
 * Notes when how many points were in the record.
 * @param {import('@whorl/store').Store} store @param {string} runId
 */
function watchRecord(store, runId) {
  /** @type {{ count: number, at: number }[]} */
  const commits = [];
  const timer = setInterval(() => {
    const count = store.metrics.series(runId).find(({ key }) => key === 'loss')?.count ?? 0;
    if (count !== commits.at(-1)?.count) commits.push({ count, at: performance.now() });
  }, LOOK_MS);
  return () => {
    clearInterval(timer);
    return commits;
  };
}

/** The percentage of a core that the server uses. @param {Server} server @param {number} seconds */
async function costOfStill(server, seconds) {
  await pause(seconds < 5 ? 0 : 5_000); // so that the last news have been sent
  const cpu = () => processesOf(server.child.pid ?? 0).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  const [before, start] = [cpu(), performance.now()];
  await pause(1000 * seconds);
  return (100 * (cpu() - before)) / (performance.now() - start);
}
