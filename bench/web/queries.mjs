import { parseField } from '@whorl/core';
import { parseQuery } from '@whorl/core/query';
import { openStore } from '@whorl/store';
import { median } from '../measure/report.mjs';
import { thousands } from './record.mjs';

const SHOWN = ['name', 'status', 'params.param0', 'params.param1', ...[0, 1, 2].map((i) => `metrics.metric${i}`)];

/** Each round asks for something else, as the store would otherwise answer from memory. @param {number} i */
const sortOf = (i) => ({ field: `metrics.metric${i % 10}`, descending: i % 20 < 10 });

/** @param {number} i */
const queryOf = (i) =>
  `metrics.metric1 > ${0.3 + i / 1000} and params.param0 in ("relu", "gelu") and not metrics.metric2 < 0.5`;

/**
 * A page of 100 of the table's runs, sorted and filtered.
 * @param {string} home @param {import('./record.mjs').Made} made @param {import('./bench.mjs').Extent} extent
 * @returns {Promise<import('./bench.mjs').Row[]>}
 */
export async function measureQueries(home, { table }, { size, queries }) {
  const store = await openStore({ home });
  try {
    const fields = SHOWN.map((field) => parseField(field));
    const scope = { experimentId: table };
    const ways = {
      'sorted by a metric': (/** @type {number} */ i) => {
        const { field, descending } = sortOf(i);
        return store.runs.table({ scope, fields, sort: [{ field: parseField(field), descending }] });
      },
      'filtered by three terms': (/** @type {number} */ i) =>
        store.runs.table({ scope, fields, where: parseQuery(queryOf(i)) }),
    };
    return Object.entries(ways).map(([way, ask]) => {
      const times = timesOf(queries, (i) => {
        if (ask(i).ids.length !== 100) throw new Error(`${way}: expected 100 runs`);
      });
      return { case: `store: 100 of ${thousands(size.table)} runs ${way}`, ms: median(times), bytes: null };
    });
  } finally {
    await store.close();
  }
}

/** @param {number} rounds @param {(i: number) => void} ask */
function timesOf(rounds, ask) {
  const times = [];
  for (let i = 0; i < rounds; i++) {
    const start = performance.now();
    ask(i);
    times.push(performance.now() - start);
  }
  return times;
}

/**
 * The same over tRPC.
 * @param {import('./server.mjs').Server} server @param {import('./record.mjs').Made} made
 * @param {import('./bench.mjs').Extent} extent
 * @returns {Promise<import('./bench.mjs').Row[]>}
 */
export async function measureApi(server, { table }, { size, queries }) {
  const ways = {
    'sorted by a metric': (/** @type {number} */ i) => ({ target: { experimentId: table }, sort: [sortOf(i)] }),
    'filtered by three terms': (/** @type {number} */ i) => ({ target: { experimentId: table, query: queryOf(i) } }),
  };
  const rows = [];
  for (const [way, inputOf] of Object.entries(ways)) {
    const times = [];
    let bytes = 0;
    for (let i = 0; i < queries; i++) {
      const start = performance.now();
      const answered = await server.ask('runs.table', { fields: SHOWN, ...inputOf(i) });
      times.push(performance.now() - start);
      bytes = answered.bytes;
      if (answered.answer.ids.length !== 100) throw new Error(`${way}: expected 100 runs`);
    }
    rows.push({ case: `tRPC: 100 of ${thousands(size.table)} runs ${way}`, ms: median(times), bytes });
  }
  return rows;
}
