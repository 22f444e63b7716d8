import { createHash } from 'node:crypto';
import { mlflowTag, type RunNews, type SourceNews } from '@whorl/formats';
import type { ImportedFile, Store } from '@whorl/store';
import type { FileReport, ImportTarget } from './import-file.ts';
import { type Intake, nothingTaken, type Taken, takeIn } from './intake.ts';
import { type MlflowServer, MOST_FILE_BYTES, type ServerPoint, type ServerRun } from './mlflow-server.ts';
import { digestsOf } from './run-digest.ts';

// A run of a server is kept as a file is: by its address, with what was read of it.

const FORMAT = 'mlflow-server';
/** So many histories are asked for at once. */
const AT_ONCE = 8;
const MOST_MB = MOST_FILE_BYTES / 2 ** 20;
const ENDS = { FINISHED: 'finished', FAILED: 'failed', KILLED: 'interrupted' } as const;

/** What was read of a run. */
interface Position {
  /** SHA-256 of the run as a search answers it. */
  readonly stamp: string;
  /** Whether its artifacts came in after that. */
  readonly hasFiles: boolean;
}

/**
 * Takes in what is new of a run of a server that speaks MLflow's protocol: its points, params, tags and artifacts. One that
 * has ended, and has not changed since it came in, is not asked for again.
 * @throws StoreError; ConfigError where the server does not answer
 */
export async function importServerRun(target: ImportTarget, server: MlflowServer, run: ServerRun): Promise<FileReport> {
  const { store, known } = target;
  const { run_id: id, experiment_id: experiment, status, end_time, start_time } = run.info;
  const path = `${server.address}/#/experiments/${experiment}/runs/${id}`;
  const before = known.get(path);
  const stamp = createHash('sha256').update(JSON.stringify(run)).digest('hex');
  const taken = nothingTaken();
  const report = { file: path, format: FORMAT, ...taken, damage: [], rest: 0 } as const;
  const found = before && (JSON.parse(before.position) as Position);
  if (found?.stamp === stamp && found.hasFiles && status in ENDS) return { ...report, state: 'unchanged' };

  const points = await historiesOf(server, run);
  const file: Intake['file'] = {
    experimentId: target.experimentId,
    path,
    format: FORMAT,
    size: 0,
    modifiedAt: end_time ?? start_time ?? 0,
    head: '',
    headSize: 0,
  };
  const fresh = before?.runId ? notYetThere(store, before.runId, points) : points;
  const digests = digestsOf([...newsOf(run), ...fresh]);
  const intake = { store, names: { identity: id, name: id }, file };
  const position = positionOf({ stamp, hasFiles: false });
  const at = { runId: before?.runId ?? null, before: before?.position ?? null, position };
  const runId = await takeIn(intake, digests, at, taken);
  if (runId !== null) await takeFiles(store, runId, server, run, taken);
  const whole: ImportedFile = { ...file, runId, position: positionOf({ stamp, hasFiles: true }) };
  store.imported.keep(whole, position, () => {});
  known.set(path, whole);
  return { ...report, points: taken.points, media: taken.media, state: 'read' };
}

const positionOf = (position: Position): string => JSON.stringify(position);

function newsOf({ info, data }: ServerRun): SourceNews[] {
  const { run_name: name, start_time: startedAt, end_time: time = null, status, user_id: user } = info;
  const news: RunNews = {
    kind: 'run',
    run: '',
    ...(name && { name }),
    ...(startedAt !== undefined && { startedAt }),
    params: Object.fromEntries(data.params.map(({ key, value }) => [key, value])),
    facts: { writer: 'mlflow', ...(user && { user }) },
  };
  const tags = data.tags.flatMap(({ key, value }) => mlflowTag(key, value) ?? []);
  const end = ENDS[status as keyof typeof ENDS];
  return [news, ...tags, ...(end ? [{ kind: 'end', run: '', status: end, time } as const] : [])];
}

type Points = Extract<SourceNews, { kind: 'points' }>;

async function historiesOf(server: MlflowServer, { info, data }: ServerRun): Promise<Points[]> {
  const keys = data.metrics.map(({ key }) => key);
  const found: Points[] = [];
  for (let i = 0; i < keys.length; i += AT_ONCE) {
    const asked = keys.slice(i, i + AT_ONCE);
    found.push(
      ...(await Promise.all(asked.map(async (key) => columnsOf(key, await server.history(info.run_id, key))))),
    );
  }
  return found.filter(({ steps }) => steps.length > 0);
}

const columnsOf = (key: string, points: readonly ServerPoint[]): Points => ({
  kind: 'points',
  run: '',
  key,
  steps: points.map(({ step }) => step),
  values: points.map(({ value }) => value),
  times: points.map(({ timestamp }) => timestamp),
});

/**
 * Without the points that the record has. A server sorts by time: what a program logs late stands between others, so that
 * points are told apart by what they say, and not by their place.
 */
function notYetThere(store: Store, runId: string, series: readonly Points[]): Points[] {
  return series.flatMap((points) => {
    const counts = new Map<string, number>();
    const there = store.metrics.read(runId, points.key);
    there.values.forEach((value, i) => {
      const name = `${there.steps[i]} ${value} ${there.times[i]}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    });
    const isNew = points.values.map((value, i) => {
      const name = `${points.steps[i]} ${value} ${points.times[i]}`;
      const count = counts.get(name) ?? 0;
      if (count > 0) counts.set(name, count - 1);
      return count === 0;
    });
    const kept = (column: readonly number[]) => column.filter((_, i) => isNew[i]);
    const { steps, values, times } = points;
    return isNew.includes(true) ? [{ ...points, steps: kept(steps), values: kept(values), times: kept(times) }] : [];
  });
}

/** Those that are not there, or were of another size. */
async function takeFiles(
  store: Store,
  runId: string,
  server: MlflowServer,
  run: ServerRun,
  taken: Taken,
): Promise<void> {
  const there = new Map((await store.artifacts.list(runId)).map(({ name, size }) => [name, size]));
  const wanted: string[] = [];
  for await (const { path, bytes } of server.files(run.info.run_id)) {
    const name = `over ${MOST_MB} MB: ${path}`;
    if (bytes > MOST_FILE_BYTES) taken.unread.set(name, 1);
    else if (there.get(`files/${path}`) !== bytes) wanted.push(path);
  }
  // One after another: each is in memory as a whole.
  for (const path of wanted) {
    const { data, mediaType } = await server.file(run, path);
    await store.logged.putFile(runId, { name: path, mediaType, data });
    taken.media += 1;
  }
}
