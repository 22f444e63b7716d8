import type { Store } from '@whorl/store';
import { z } from 'zod';
import { doesNotExist, invalidParameter } from './errors.ts';
import { DEFAULT_ID, experimentOf } from './experiments.ts';
import { double, int64, optional, optionalText, pairs, text } from './fields.ts';
import { type Route, route } from './route.ts';
import { NAME_TAG, USER_TAG, writtenInfo, writtenRun } from './written.ts';

const STATUSES = {
  RUNNING: 'running',
  SCHEDULED: 'running',
  FINISHED: 'finished',
  FAILED: 'failed',
  KILLED: 'interrupted',
} as const;

/** Which run is meant: older clients call its id `run_uuid`. */
export const withRun = <T extends z.ZodRawShape>(shape: T) =>
  z.preprocess(
    (given) => {
      if (typeof given !== 'object' || given === null) return given;
      const { run_id, run_uuid } = given as { run_id?: unknown; run_uuid?: unknown };
      return { ...given, run_id: run_id ?? run_uuid };
    },
    z.object({ run_id: text, ...shape }),
  );

function plainRun(store: Store, id: string) {
  const [run] = store.logged.read([id]);
  if (!run) throw doesNotExist(`Run with id=${id} not found`);
  return run;
}

function columns(points: readonly { value: number; timestamp: number; step: number }[]) {
  return {
    steps: Float64Array.from(points, ({ step }) => step),
    values: Float64Array.from(points, ({ value }) => value),
    times: Float64Array.from(points, ({ timestamp }) => timestamp),
  };
}

/** What the client says of the place where it runs. */
function environmentOf(tags: Readonly<Record<string, string>>): Record<string, unknown> {
  const { [USER_TAG]: user, 'mlflow.source.name': script, 'mlflow.source.git.commit': commit } = tags;
  const dirty = tags['mlflow.source.git.dirty'];
  const git = { commit, ...(dirty !== undefined && { dirty: dirty.toLowerCase() === 'true' }) };
  return { ...(script && { script }), ...(user && { user }), ...(commit && { git }) };
}

const metricShape = { key: text, value: double, timestamp: int64, step: optional(int64) };

export const RUN_ROUTES: readonly Route[] = [
  route(
    'POST',
    '/runs/create',
    z.object({
      experiment_id: optionalText,
      user_id: optionalText,
      run_name: optionalText,
      start_time: optional(int64),
      tags: pairs,
    }),
    async ({ store, now }, message) => {
      const experiment = await experimentOf(store, message.experiment_id ?? DEFAULT_ID);
      if (experiment.archivedAt) {
        throw invalidParameter(
          `The experiment ${experiment.id} must be in the 'active' state. Current state is deleted.`,
        );
      }
      const tags = Object.fromEntries(message.tags.map(({ key, value }) => [key, value]));
      const { [NAME_TAG]: named, ...others } = tags;
      if (message.user_id && others[USER_TAG] === undefined) others[USER_TAG] = message.user_id;
      const id = store.logged.start({
        experimentId: experiment.id,
        source: 'mlflow',
        name: message.run_name ?? named ?? 'run',
        startedAt: new Date(message.start_time ?? now()),
        tags: others,
        environment: environmentOf(others),
      });
      return { run: writtenRun(plainRun(store, id)) };
    },
  ),
  route('GET', '/runs/get', withRun({}), ({ store }, { run_id }) => ({ run: writtenRun(plainRun(store, run_id)) })),
  route(
    'POST',
    '/runs/update',
    withRun({
      status: z.enum(Object.keys(STATUSES) as (keyof typeof STATUSES)[]).nullish(),
      end_time: optional(int64),
      run_name: optionalText,
    }),
    ({ store }, { run_id, status, end_time, run_name }) => {
      store.logged.change(run_id, {
        ...(status && { status: STATUSES[status] }),
        ...(end_time !== undefined && { endedAt: new Date(end_time) }),
        ...(run_name !== undefined && { name: run_name }),
      });
      return { run_info: writtenInfo(plainRun(store, run_id)) };
    },
  ),
  route('POST', '/runs/log-metric', withRun(metricShape), ({ store }, { run_id, key, step = 0, ...point }) => {
    store.logged.log(run_id, { series: [{ key, ...columns([{ ...point, step }]) }] });
    return {};
  }),
  route(
    'POST',
    '/runs/log-parameter',
    withRun({ key: text, value: z.string().nullish() }),
    ({ store }, { run_id, key, value }) => {
      store.logged.log(run_id, { params: { [key]: value ?? '' } });
      return {};
    },
  ),
  route(
    'POST',
    '/runs/set-tag',
    withRun({ key: text, value: z.string().nullish() }),
    ({ store }, { run_id, key, value }) => {
      if (key === NAME_TAG) store.logged.change(run_id, { name: value ?? '' });
      else store.logged.log(run_id, { tags: { [key]: value ?? '' } });
      return {};
    },
  ),
  route('POST', '/runs/delete-tag', withRun({ key: text }), ({ store }, { run_id, key }) => {
    if (!store.logged.deleteTag(run_id, key)) throw doesNotExist(`No tag with name: ${key} in run with id ${run_id}`);
    return {};
  }),
  route(
    'POST',
    '/runs/log-batch',
    withRun({
      metrics: z.array(z.object(metricShape)).nullish(),
      params: pairs,
      tags: pairs,
    }),
    ({ store }, { run_id, metrics, params, tags }) => {
      const series = new Map<string, { value: number; timestamp: number; step: number }[]>();
      for (const { key, step = 0, ...point } of metrics ?? []) {
        const points = series.get(key);
        if (points) points.push({ ...point, step });
        else series.set(key, [{ ...point, step }]);
      }
      const texts = (of: typeof params) => Object.fromEntries(of.map(({ key, value }) => [key, value]));
      store.logged.log(run_id, {
        series: [...series].map(([key, points]) => ({ key, ...columns(points) })),
        params: texts(params),
        tags: texts(tags),
      });
      return {};
    },
  ),
];
