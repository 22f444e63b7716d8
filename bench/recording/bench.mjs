import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { canPin, Peer } from '../measure/peer.mjs';
import { machine, median, printTable, round } from '../measure/report.mjs';
import { CASES } from '../training/cases.mjs';

const ENGINE = 'portable';
const ROUNDS = 15;
const MEASURED = ['spiral linear + SGD', 'spiral ReLU + Adam', 'LeNet, MNIST'];
const TINY = { rounds: 1, steps: 4, measured: ['spiral ReLU + Adam'] };
const measure = fileURLToPath(new URL('./measure.mjs', import.meta.url));

/**
 * The same training unrecorded, and with every step recorded into a database on this disk, in one process by turns. The
 * ratio is the median over the rounds of recorded to unrecorded, pair by pair.
 * @param {{ rounds?: number | undefined, tiny: boolean, json: boolean }} options
 */
export async function bench({ tiny, json, rounds = tiny ? TINY.rounds : ROUNDS }) {
  const core = cpus().length - 1;
  const folder = mkdtempSync(path.join(tmpdir(), 'whorl-bench-'));
  const say = (/** @type {string} */ text) => {
    if (!json) console.log(text);
  };
  say(`${machine()}, ${canPin ? `pinned to core ${core}` : 'not pinned: no taskset'}, median of ${rounds}\n`);
  const rows = [];
  const peer = new Peer(process.execPath, [measure, folder, ENGINE], { core });
  try {
    for (const name of tiny ? TINY.measured : MEASURED) {
      const pairs = [];
      const steps = tiny ? TINY.steps : CASES[name]?.unit === 'ms/epoch' ? 1000 : 100;
      await peer.ask({ case: name, steps: Math.min(steps, 20), recorded: true });
      for (let turn = 0; turn < rounds; turn++) {
        const pair = { recorded: 0, unrecorded: 0 };
        const order = /** @type {const} */ (['unrecorded', 'recorded']);
        for (const way of turn % 2 === 0 ? order : order.toReversed()) {
          pair[way] = (await peer.ask({ case: name, steps, recorded: way === 'recorded' })).ms;
        }
        pairs.push(pair);
      }
      const ratio = round(median(pairs.map(({ recorded, unrecorded }) => recorded / unrecorded)));
      for (const way of /** @type {const} */ (['unrecorded', 'recorded'])) {
        rows.push({
          case: name,
          engine: `${ENGINE}, ${way}`,
          ms: round(median(pairs.map((pair) => pair[way]))),
          ratioToUnrecorded: way === 'recorded' ? ratio : 1,
        });
      }
    }
  } finally {
    peer.end();
    rmSync(folder, { recursive: true, force: true });
  }
  if (json) console.log(JSON.stringify({ rows }));
  else printTable(rows);
}
