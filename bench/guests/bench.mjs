import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { machine, printTable, quantile, round } from '../measure/report.mjs';
import { askAsOwner } from '../web/owner.mjs';
import { Watched } from '../web/processes.mjs';
import { makeRecord } from '../web/record.mjs';
import { Server } from '../web/server.mjs';
import { attacksOn } from './attacks.mjs';

const ONE = { runs: 1, steps: 10 };
const WIDE = { metrics: 10, steps: 10 };
const WHOLE = { runs: 10_000, seconds: 30, atOnce: 4 };
const TINY = { runs: 200, seconds: 0.2, atOnce: 1 };
const LOOK_MS = 500;

/** @typedef {{ case: string, answers: number, p50: number, p95: number, worst: number, mb: number, mbOfOne: number, statuses: Record<string, number> }} Row */

/**
 * How long the owner waits for small queries while a guest with a link asks for too much, each kind of request for
 * `seconds`; with the memory of all processes of the app, and what the guest was answered.
 * @param {{ seconds?: number | undefined, only: string, tiny: boolean, json: boolean }} options
 */
export async function bench({ seconds, only, tiny, json }) {
  const extent = tiny ? TINY : WHOLE;
  const lasting = seconds ?? extent.seconds;
  const say = (/** @type {string} */ text) => {
    if (!json) console.log(text);
  };
  const home = mkdtempSync(path.join(tmpdir(), 'whorl-bench-'));
  say(`${machine()}\n\n  … makes a record of ${extent.runs} runs`);
  try {
    const { table } = await makeRecord(home, { table: extent.runs, overlay: ONE, means: ONE, long: 10, wide: WIDE });
    const server = await Server.start(home);
    try {
      const url = `${server.shareUrl}${await server.share({ experimentId: table })}`;
      await (await fetch(url)).text(); // so that both processes have answered once
      const nobody = { name: 'nobody', path: '', unread: 0 };
      const asked = attacksOn(table).map((attack) => (attack.unread && tiny ? { ...attack, unread: 2 } : attack));
      const attacks = [nobody, ...asked].filter(({ name }) => name.includes(only));
      const rows = [];
      for (const attack of attacks) {
        say(`  … ${attack.name}`);
        const lasts = attack === nobody ? Math.min(5, lasting) : lasting;
        const row = await suffer(server, table, url, attack, lasts, extent.atOnce);
        rows.push(row);
        say(`    owner p95 ${row.p95} ms, worst ${row.worst} ms, ${row.mb} MB, guest ${toldOf(row.statuses)}`);
      }
      if (json) console.log(JSON.stringify({ rows }));
      else printTable(rows.map(({ statuses, ...row }) => ({ ...row, statuses: toldOf(statuses) })));
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** @param {Record<string, number>} statuses */
const toldOf = (statuses) =>
  Object.entries(statuses)
    .map(([status, count]) => `${status} (${count})`)
    .join(', ');

/**
 * @param {Server} server @param {string} experimentId @param {string} url @param {import('./attacks.mjs').Attack} attack
 * @param {number} seconds @param {number} atOnce
 * @returns {Promise<Row>}
 */
async function suffer(server, experimentId, url, attack, seconds, atOnce) {
  const watched = new Watched(server.child.pid ?? 0, Math.min(LOOK_MS, 200 * seconds));
  const over = new AbortController();
  const waits = askAsOwner(server, experimentId, over.signal);
  const guest = new Worker(new URL('./guest.mjs', import.meta.url), { workerData: { url, attack, seconds, atOnce } });
  const [statuses] = attack.path === '' ? [{}] : await once(guest, 'message');
  if (attack.path === '') await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
  over.abort();
  const took = await waits;
  await guest.terminate();
  const { mb, mbOfOne } = watched.stop();
  return {
    case: attack.name,
    answers: took.length,
    p50: round(quantile(took, 0.5)),
    p95: round(quantile(took, 0.95)),
    worst: round(Math.max(...took)),
    mb: Math.round(mb),
    mbOfOne: Math.round(mbOfOne),
    statuses,
  };
}
