const FIELDS = ['seed', 'status', 'created', 'name', 'study', 'engine', 'mode', 'id'];
const METRICS = Array.from({ length: 200 }, (_, i) => `metrics.metric${i % 10}${i < 10 ? '' : `x${i}`}`);

/** @param {unknown} input */
const wire = (input) => JSON.stringify({ json: input });

/**
 * @typedef {object} Attack one thing that a guest asks again and again
 * @property {string} name
 * @property {string} path what comes after the link
 * @property {string} [body] sent by POST
 * @property {number} [unread] as many connections at once, whose answers are not read
 */

/**
 * Requests of a guest that once stopped the app for everybody.
 * @param {string} experimentId of many runs
 * @returns {Attack[]}
 */
export function attacksOn(experimentId) {
  const target = { experimentId };
  const madeUp = Array.from({ length: 100_000 }, (_, i) => i.toString(36).padStart(12, '0'));
  const query = Array.from({ length: 300 }, () => 'seed in (1,2,3,4,5,6)').join(' or ');
  const chart = { target, key: 'metric0', x: 'step', mean: true };
  const charts = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [i, { json: chart }]));
  const deep = 25_000;
  const keys = METRICS.slice(0, 10).map((field) => field.slice('metrics.'.length));
  const watch = encodeURIComponent(wire({ target, keys, times: true, since: 0 }));
  return [
    { name: '100,000 made-up ids', path: 'runs.table', body: wire({ target: { runIds: madeUp }, fields: FIELDS }) },
    {
      name: '10,000 made-up ids',
      path: 'runs.table',
      body: wire({ target: { runIds: madeUp.slice(0, 10_000) }, fields: FIELDS }),
    },
    {
      name: 'groups by 8 fields with 200 metrics',
      path: 'grouping.groups',
      body: wire({ target, by: FIELDS, metrics: METRICS }),
    },
    {
      name: '300 times seed in (…)',
      path: 'runs.table',
      body: wire({ target: { experimentId, query }, fields: FIELDS }),
    },
    {
      name: '200 charts in a batch',
      path: `${Array.from({ length: 200 }, () => 'curves.chart').join(',')}?batch=1`,
      body: JSON.stringify(charts),
    },
    { name: 'a chart of all runs', path: 'curves.chart', body: wire(chart) },
    { name: '20 live streams from 0, not read', path: `live.watch?input=${watch}`, unread: 20 },
    { name: '10 MB of [', path: 'runs.table', body: '['.repeat(10_000_000) },
    { name: '190 kB of [', path: 'runs.table', body: `{"json":${'['.repeat(95_000)}${']'.repeat(95_000)}}` },
    {
      name: 'a bigint of 190,000 digits',
      path: 'runs.table',
      body: JSON.stringify({ json: { target: '9'.repeat(190_000) }, meta: { values: { target: ['bigint'] } } }),
    },
    {
      name: `${deep / 1000},000 levels of superjson`,
      path: 'runs.table',
      body: `{"json":{},"meta":{"values":${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}}}`,
    },
  ];
}
