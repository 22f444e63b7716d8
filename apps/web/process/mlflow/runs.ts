import type { PlainRun, Store } from '@whorl/store';
import { z } from 'zod';
import { doesNotExist, invalidParameter } from './errors.ts';
import { DEFAULT_ID, experimentOf } from './experiments.ts';
import { int64, optional, optionalText, pairs, text } from './fields.ts';
import { asRecord, checkLength, checkTag, MOST } from './limits.ts';
import { type Route, route, withRun } from './route.ts';
import { wholeRun } from './runs-written.ts';
import { environmentOf, NOTES_TAG, splitTags, USER_TAG } from './system-tags.ts';
import { writtenInfo } from './written.ts';

const STATUSES = {
  RUNNING: 'running',
  SCHEDULED: 'running',
  FINISHED: 'finished',
  FAILED: 'failed',
  KILLED: 'interrupted',
} as const;
const LAST_MS = 8.64e15;

/** @throws MlflowError where there is no such run */
export function plainRun(store: Store, id: string): PlainRun {
  const [run] = store.logged.read([id]);
  if (!run) throw doesNotExist(`Run with id=${id} not found`);
  return run;
}

/** A moment. @throws MlflowError for one that no calendar has */
function dateOf(name: string, ms: number): Date {
  if (Math.abs(ms) <= LAST_MS) return new Date(ms);
  throw invalidParameter(`Invalid value ${ms} for parameter '${name}' supplied: expected ms since 1970`);
}

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
    async ({ store, now, newName }, message) => {
      for (const [i, { key, value }] of message.tags.entries()) checkTag(key, value, `tags[${i}].`);
      const experiment = await experimentOf(store, message.experiment_id ?? DEFAULT_ID);
      if (experiment.archivedAt) {
        throw invalidParameter(
          `The experiment ${experiment.id} must be in the 'active' state. Current state is deleted.`,
        );
      }
      const { tags, name: named, notes } = splitTags(asRecord(message.tags));
      const { run_name: asked } = message;
      if (asked && named && asked !== named) {
        throw invalidParameter(
          `Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values (run_name='${asked}', mlflow.runName='${named}').`,
        );
      }
      const name = asked || named || newName();
      checkLength('run_name', MOST.runName, name);
      const all = message.user_id && tags[USER_TAG] === undefined ? { ...tags, [USER_TAG]: message.user_id } : tags;
      const id = store.logged.start({
        experimentId: experiment.id,
        source: 'mlflow',
        name,
        startedAt: dateOf('start_time', message.start_time ?? now()),
        tags: all,
        ...(notes !== undefined && { notes }),
        environment: environmentOf(all),
      });
      return { run: wholeRun(store, id) };
    },
  ),
  route('GET', '/runs/get', withRun(z.object({})), ({ store }, { run_id }) => ({
    run: wholeRun(store, run_id),
  })),
  route(
    'POST',
    '/runs/update',
    withRun(
      z.object({
        status: z.enum(Object.keys(STATUSES) as (keyof typeof STATUSES)[]).nullish(),
        end_time: optional(int64),
        run_name: optionalText,
      }),
    ),
    ({ store }, { run_id, status, end_time, run_name }) => {
      if (run_name !== undefined) checkLength('run_name', MOST.runName, run_name);
      store.logged.change(run_id, {
        ...(status && { status: STATUSES[status], isScheduled: status === 'SCHEDULED' }),
        ...(end_time !== undefined && { endedAt: dateOf('end_time', end_time) }),
        ...(run_name !== undefined && { name: run_name }),
      });
      return { run_info: writtenInfo(plainRun(store, run_id)) };
    },
  ),
  route('POST', '/runs/delete', withRun(z.object({})), async ({ store }, { run_id }) => {
    plainRun(store, run_id);
    await store.runs.archive([run_id]);
    return {};
  }),
  route('POST', '/runs/restore', withRun(z.object({})), async ({ store }, { run_id }) => {
    plainRun(store, run_id);
    await store.runs.restore([run_id]);
    return {};
  }),
  route(
    'POST',
    '/runs/set-tag',
    withRun(z.object({ key: text, value: optionalText })),
    ({ store }, { run_id, key, value = '' }) => {
      checkTag(key, value);
      store.logged.log(run_id, splitTags({ [key]: value }));
      return {};
    },
  ),
  route('POST', '/runs/delete-tag', withRun(z.object({ key: text })), ({ store }, { run_id, key }) => {
    const hasNotes = key === NOTES_TAG && plainRun(store, run_id).notes !== '';
    if (hasNotes) store.logged.log(run_id, { notes: '' });
    else if (!store.logged.deleteTag(run_id, key))
      throw doesNotExist(`No tag with name: ${key} in run with id ${run_id}`);
    return {};
  }),
];
