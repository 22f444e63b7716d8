import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { BenchError } from '../measure/bench-error.mjs';
import { checkPython } from '../measure/peer.mjs';
import { machine, median, printTable, round } from '../measure/report.mjs';
import { batch, ProtocolClient, severalAtOnce } from './protocol.mjs';
import { fastTrackMl, startFastTrackMl, startMlflow, startWhorl } from './servers.mjs';
import { importTfEvents } from './tfevents.mjs';
import { together } from './together.mjs';

const WHOLE = {
  batches: 100,
  requests: 2000,
  runs: 10_000,
  history: 100_000,
  scripted: 10_000,
  looks: 7,
  scripts: 5,
  together: 300,
  scalars: 1_000_000,
  warm: { batches: 40, requests: 1000 },
};
const TINY = {
  batches: 2,
  requests: 20,
  runs: 30,
  history: 2000,
  scripted: 100,
  looks: 1,
  scripts: 1,
  together: 3,
  scalars: 2000,
  warm: { batches: 1, requests: 1 },
};
const POINTS_A_BATCH = 1000;
const CONNECTIONS = 4;
const run = promisify(execFile);
const script = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));

/** @typedef {typeof WHOLE} Extent */
/** @typedef {{ [peer in 'mlflow' | 'fasttrackml' | 'trackio' | 'aim' | 'wandb']?: string | undefined }} Peers paths of Pythons that have them */
/** @typedef {{ what: string, who: string, value: number, unit: string, ratio: number | null }} Row ratio: how much better Whorl is */
/** @typedef {Omit<Row, 'ratio'>} Figure */

/**
 * How fast a server takes what programs log, and gives it back: Whorl beside servers that speak MLflow's protocol, and
 * from a Python script beside trackers with protocols of their own. Then scripts log to Whorl at once for some minutes
 * while pages are open: an error or a lost point fails the bench, which its exit code reports.
 * @param {{ peers: Peers, minutes?: number | undefined, only: string, tiny: boolean, json: boolean }} options
 */
export async function bench({ peers, minutes, only, tiny, json }) {
  for (const peer of /** @type {const} */ (['mlflow', 'trackio', 'aim', 'wandb']))
    if (peers[peer] !== undefined) checkPython(peer, peers[peer]);
  if (peers.fasttrackml !== undefined) fastTrackMl(peers.fasttrackml);
  const extent = { ...(tiny ? TINY : WHOLE), ...(minutes && { together: 60 * minutes }) };
  const folder = mkdtempSync(path.join(tmpdir(), 'whorl-ingest-'));
  const say = (/** @type {string} */ text) => {
    if (!json) console.log(text);
  };
  say(`${machine()}\n`);
  /** @type {Figure[]} */
  const figures = [];
  const wanted = (/** @type {string} */ who) => who === 'Whorl' || who.toLowerCase().includes(only.toLowerCase());
  try {
    const python = peers.mlflow;
    for (const start of startersOf(peers, folder, extent)) {
      const server = await start();
      try {
        if (!wanted(server.name)) continue;
        say(`  … ${server.name}`);
        figures.push(...(await figuresOf(server, extent)));
        const at = () => server.url;
        if (server.name === 'Whorl') figures.push(await scripted('Whorl', 'python3', 'whorl', at, extent));
        for (const what of python ? ['mlflow', 'mlflow-async'] : [])
          figures.push(await scripted(server.name, /** @type {string} */ (python), what, at, extent));
      } finally {
        await server.stop();
      }
    }
    for (const who of /** @type {const} */ (['trackio', 'aim', 'wandb'])) {
      const own = peers[who];
      if (own === undefined || !wanted(who)) continue;
      say(`  … ${who}`);
      figures.push(await scripted(who, own, who, () => mkdtempSync(path.join(folder, who)), extent));
    }
    const { rows: own, errors } = await alone(folder, extent);
    const rows = withRatios([...figures, ...own]);
    if (json) console.log(JSON.stringify({ rows }));
    else {
      say('');
      printTable(rows);
    }
    if (errors.length > 0) throw new BenchError(`bench -- ingest: ${errors.join('; ').slice(0, 2000)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Measurements of Whorl alone. @param {string} folder @param {Extent} extent */
async function alone(folder, { together: seconds, scalars }) {
  const server = await startWhorl(path.join(folder, 'together'));
  try {
    const { points, wrong, errors } = await together(server, seconds);
    if (wrong > 0) errors.push(`${wrong} points are lost, or are not as they were logged`);
    const who = 'Whorl';
    const what = `8 scripts at once for ${seconds} s, two pages open`;
    const took = await importTfEvents(folder, scalars);
    const rows = [
      { what, who, value: points / seconds, unit: 'points/s' },
      { what: `${what}: points lost or wrong`, who, value: wrong, unit: 'points' },
      { what: `import of ${scalars} tfevents scalars`, who, value: took, unit: 's' },
    ];
    return { rows, errors };
  } finally {
    await server.stop();
  }
}

/** @param {Peers} peers @param {string} folder @param {Extent} extent */
function* startersOf({ mlflow, fasttrackml }, folder, extent) {
  yield () => startWhorl(folder);
  if (mlflow !== undefined) {
    const data = path.join(folder, 'mlflow');
    yield () => {
      const args = [data, String(extent.runs), String(extent.history)];
      execFileSync(mlflow, [script('mlflow_record.py'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
      return startMlflow(mlflow, data);
    };
  }
  if (fasttrackml !== undefined) yield () => startFastTrackMl(fasttrackml, path.join(folder, 'fasttrackml'));
}

/** @param {import('./servers.mjs').Server} server @param {Extent} extent @returns {Promise<Figure[]>} */
async function figuresOf(server, extent) {
  const client = new ProtocolClient(server.url, CONNECTIONS);
  try {
    const experiment = await client.experiment('ingest');
    const id = await client.run(experiment);
    const single = await client.run(experiment);
    const logBatch = (/** @type {number} */ i) =>
      client.ask('POST', '/runs/log-batch', {
        run_id: id,
        metrics: batch(POINTS_A_BATCH, (i * POINTS_A_BATCH) / 10),
      });
    const logMetric = (/** @type {number} */ step) => {
      const message = { run_id: single, key: 'loss', value: 1 / (step + 1), timestamp: 1.79e12 + step, step };
      return client.ask('POST', '/runs/log-metric', message);
    };
    // A server that has just started still compiles its code, and its database is still small.
    const { warm } = extent;
    for (let i = 0; i < warm.batches; i++) await logBatch(i);
    const tasks = Array.from({ length: warm.requests + extent.requests }, (_, step) => () => logMetric(step));
    await severalAtOnce(tasks.slice(0, warm.requests), CONNECTIONS);
    const before = bytesIn(server.data);
    const batches = await timed(async () => {
      for (let i = 0; i < extent.batches; i++) await logBatch(warm.batches + i);
    });
    const points = extent.batches * POINTS_A_BATCH;
    const bytes = bytesIn(server.data) - before;
    const singles = await timed(() => severalAtOnce(tasks.slice(warm.requests), CONNECTIONS));
    const { many, long } = await reading(client, server.name, extent);
    const searched = await medianOf(extent, async () => {
      const message = { experiment_ids: [many], filter: 'metrics.accuracy > 0.5', max_results: 100 };
      const order = { ...message, order_by: ['metrics.accuracy DESC'] };
      const { runs = [] } = await client.ask('POST', '/runs/search', order);
      if (runs.length !== Math.min(100, Math.ceil(extent.runs / 2) - 1)) throw new Error(`${runs.length} runs found`);
    });
    const read = await medianOf(extent, async () => {
      const query = `run_id=${long}&metric_key=loss`;
      const { metrics = [] } = await client.ask('GET', `/metrics/get-history?${query}`);
      if (metrics.length !== extent.history) throw new Error(`${metrics.length} points of ${extent.history}`);
    });
    const who = server.name;
    return [
      { what: 'log-batch of 1,000', who, value: points / batches, unit: 'points/s' },
      { what: 'log-metric', who, value: extent.requests / singles, unit: 'requests/s' },
      { what: 'on disk', who, value: bytes / points, unit: 'bytes/point' },
      { what: `search ${extent.runs} runs by a metric`, who, value: 1000 * searched, unit: 'ms' },
      { what: `history of ${extent.history} points`, who, value: 1000 * read, unit: 'ms' },
    ];
  } finally {
    client.close();
  }
}

/**
 * The experiment of many runs and the run of a long series; MLflow has them already.
 * @param {ProtocolClient} client @param {string} who @param {Extent} extent
 */
async function reading(client, who, { runs, history }) {
  if (who === 'MLflow') {
    const { experiment } = await client.ask('GET', '/experiments/get-by-name?experiment_name=many');
    // Its id is its number, as in `mlflow_record.py`.
    return { many: experiment.experiment_id, long: (runs + 1).toString(16).padStart(32, '0') };
  }
  const many = await client.experiment('many');
  const tasks = Array.from({ length: runs }, (_, i) => async () => {
    const run_id = await client.run(many, `run ${i}`);
    const value = ((i * 7919) % runs) / runs;
    await client.ask('POST', '/runs/log-metric', { run_id, key: 'accuracy', value, timestamp: 1.79e12, step: 0 });
  });
  await severalAtOnce(tasks, CONNECTIONS);
  const long = await client.run(many, 'long');
  for (let start = 0; start < history; start += POINTS_A_BATCH) {
    const metrics = Array.from({ length: Math.min(POINTS_A_BATCH, history - start) }, (_, i) => {
      const step = start + i;
      return { key: 'loss', value: 1 / (step + 1), timestamp: 1.79e12 + step, step };
    });
    await client.ask('POST', '/runs/log-batch', { run_id: long, metrics });
  }
  return { many, long };
}

/**
 * How the row of a way of logging names its client; the others use the tracker's own.
 * @type {Readonly<Record<string, string>>}
 */
const CLIENTS = { mlflow: ", MLflow's client", 'mlflow-async': ", MLflow's client, asynchronously" };

/**
 * A program in Python from its first line to the end of its run, in a process of its own each time.
 * @param {string} who @param {string} python @param {string} what @param {() => string} placeFor a server's address, or a folder
 * @param {Extent} extent @returns {Promise<Figure>}
 */
async function scripted(who, python, what, placeFor, { scripted: points, scripts }) {
  const times = [];
  // MLflow's client takes seconds: once is enough.
  for (let i = 0; i < (what.startsWith('mlflow') ? 1 : scripts); i++) {
    const where = placeFor();
    const args = [script('clients.py'), what, where, String(points)];
    const { stdout } = await run(python, args, where.startsWith('http') ? {} : { cwd: where });
    times.push(JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}').seconds);
  }
  return { what: `from a Python script${CLIENTS[what] ?? ''}`, who, value: points / median(times), unit: 'points/s' };
}

/** Seconds. @param {() => Promise<unknown>} work */
async function timed(work) {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** @param {Extent} extent @param {() => Promise<unknown>} work */
async function medianOf({ looks }, work) {
  const times = [];
  for (let i = 0; i < looks; i++) times.push(await timed(work));
  return median(times);
}

/** @param {string} folder @returns {number} */
const bytesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .reduce((sum, file) => sum + statSync(path.join(file.parentPath, file.name)).size, 0);

/**
 * More is better for what is counted per second, less for everything else.
 * @param {readonly Figure[]} figures @returns {Row[]}
 */
function withRatios(figures) {
  return figures.map((figure) => {
    const own = figures.find(({ what, who }) => what === figure.what && who === 'Whorl');
    const isOwn = own === undefined || own === figure;
    const better = figure.unit.endsWith('/s') ? (own?.value ?? 1) / figure.value : figure.value / (own?.value ?? 1);
    return { ...figure, value: round(figure.value), ratio: isOwn ? null : round(better) };
  });
}
