import { type Store, StoreError } from '@whorl/store';
import type { LogMessage } from './message.ts';

type Start = Extract<LogMessage, { kind: 'start' }>['run'];

/**
 * Takes what a program tells of its run into the record: all of the message, or nothing. The same message again changes
 * nothing.
 * @throws StoreError
 */
export async function take(store: Store, runId: string, message: LogMessage): Promise<void> {
  switch (message.kind) {
    case 'start':
      if (message.run.id !== runId)
        throw new StoreError('bad-input', `expected the run ${runId}, got ${message.run.id}`);
      return start(store, message.run);
    case 'log':
      return store.logged.log(runId, { series: message.series });
    case 'tags':
      return store.logged.log(runId, { tags: message.tags });
    case 'file': {
      const { name, step, mediaType, data } = message.file;
      return store.logged.putFile(runId, {
        name,
        mediaType,
        data: Buffer.from(data, 'base64'),
        ...(step !== null && { step }),
      });
    }
    case 'end':
      return store.logged.change(runId, { status: message.status, endedAt: new Date(message.endedAt) });
  }
}

async function start(
  store: Store,
  { id, experiment, name, startedAt, params, tags, environment }: Start,
): Promise<void> {
  store.logged.start({
    id,
    experimentId: await experimentNamed(store, experiment),
    source: 'client',
    name: name || id,
    startedAt: new Date(startedAt),
    params,
    tags,
    environment,
  });
}

/** The id of the experiment of this name, which is made where it is not there. */
async function experimentNamed(store: Store, name: string): Promise<string> {
  const found = await store.experiments.find(name);
  if (found?.name === name) return found.id;
  try {
    return (await store.experiments.create(name, null)).id;
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'conflict')) throw error;
    return (await store.experiments.get(name)).id; // another program was first
  }
}
