import { type ExperimentRecord, type Store, StoreError } from '@whorl/store';
import { z } from 'zod';
import { doesNotExist, invalidParameter, MlflowError } from './errors.ts';
import { optionalText, pairs, text } from './fields.ts';
import { asRecord, checkLength, checkName, MOST } from './limits.ts';
import { type Route, route } from './route.ts';
import { NOTES_TAG, splitTags } from './system-tags.ts';
import { writtenExperiment } from './written.ts';

/** The experiment of who names none. */
export const DEFAULT_ID = '0';
const DEFAULT_NAMES = ['Default', 'Default (MLflow)'];

/** @throws MlflowError where there is no such experiment */
export async function experimentOf(store: Store, id: string): Promise<ExperimentRecord> {
  const found = store.experiments.has(id) ? await store.experiments.find(id) : await madeDefault(store, id);
  if (!found) throw doesNotExist(`No Experiment with id=${id} exists`);
  return found;
}

/** The default experiment is there as soon as somebody asks for it. */
export async function madeDefault(store: Store, id = DEFAULT_ID): Promise<ExperimentRecord | null> {
  if (id !== DEFAULT_ID) return null;
  if (store.experiments.has(id)) return store.experiments.find(id);
  for (const name of DEFAULT_NAMES) {
    try {
      return await store.experiments.create(name, null, id);
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
  }
  return store.experiments.find(id); // another request made it meanwhile
}

const isConflict = (error: unknown): boolean => error instanceof StoreError && error.code === 'conflict';

/** What an experiment is called must be its own. @throws MlflowError */
async function named(name: string, write: () => Promise<unknown>): Promise<void> {
  checkLength('name', MOST.experimentName, name);
  try {
    await write();
  } catch (error) {
    if (!isConflict(error)) throw error;
    throw new MlflowError('RESOURCE_ALREADY_EXISTS', `Experiment(name=${name}) already exists.`);
  }
}

function checkExperimentTag(key: string, value: string): void {
  checkName('key', key);
  checkLength('key', MOST.key, key);
  checkLength('value', MOST.experimentTagValue, value);
}

function mustBeActive({ id, archivedAt }: ExperimentRecord): void {
  if (archivedAt === null) return;
  throw invalidParameter(`The experiment ${id} must be in the 'active' state. Current state is deleted.`);
}

const written = (store: Store, record: ExperimentRecord) =>
  writtenExperiment(record, store.experimentTags.of([record.id]).get(record.id) ?? []);

export const EXPERIMENT_ROUTES: readonly Route[] = [
  route(
    'POST',
    '/experiments/create',
    z.object({ name: text, artifact_location: optionalText, tags: pairs }),
    async ({ store }, { name, tags }) => {
      for (const { key, value } of tags) checkExperimentTag(key, value);
      if (name === DEFAULT_NAMES[0]) await madeDefault(store);
      const { tags: kept, notes } = splitTags(asRecord(tags));
      let id = '';
      await named(name, async () => {
        id = (await store.experiments.create(name, null)).id;
      });
      if (notes !== undefined) await store.experiments.setNotes(id, notes);
      store.experimentTags.set(id, kept);
      return { experiment_id: id };
    },
  ),
  route('GET', '/experiments/get', z.object({ experiment_id: text }), async ({ store }, { experiment_id }) => ({
    experiment: written(store, await experimentOf(store, experiment_id)),
  })),
  route('GET', '/experiments/get-by-name', z.object({ experiment_name: text }), async ({ store }, message) => {
    const { experiment_name: name } = message;
    if (name === DEFAULT_NAMES[0]) await madeDefault(store);
    const found = await store.experiments.findNamed(name);
    if (!found) throw doesNotExist(`Could not find experiment with name '${name}'`);
    return { experiment: written(store, found) };
  }),
  route('POST', '/experiments/delete', z.object({ experiment_id: text }), async ({ store }, { experiment_id }) => {
    const found = await experimentOf(store, experiment_id);
    if (found.archivedAt) throw doesNotExist(`No Experiment with id=${experiment_id} exists`);
    await store.experiments.archive(experiment_id);
    return {};
  }),
  route('POST', '/experiments/restore', z.object({ experiment_id: text }), async ({ store }, { experiment_id }) => {
    await experimentOf(store, experiment_id);
    await store.experiments.restore(experiment_id);
    return {};
  }),
  route(
    'POST',
    '/experiments/update',
    z.object({ experiment_id: text, new_name: optionalText }),
    async ({ store }, { experiment_id, new_name }) => {
      mustBeActive(await experimentOf(store, experiment_id));
      if (new_name !== undefined) await named(new_name, () => store.experiments.rename(experiment_id, new_name));
      return {};
    },
  ),
  route(
    'POST',
    '/experiments/set-experiment-tag',
    z.object({ experiment_id: text, key: text, value: optionalText }),
    async ({ store }, { experiment_id, key, value = '' }) => {
      checkExperimentTag(key, value);
      mustBeActive(await experimentOf(store, experiment_id));
      if (key === NOTES_TAG) await store.experiments.setNotes(experiment_id, value);
      else store.experimentTags.set(experiment_id, { [key]: value });
      return {};
    },
  ),
  route(
    'POST',
    '/experiments/delete-experiment-tag',
    z.object({ experiment_id: text, key: text }),
    async ({ store }, { experiment_id, key }) => {
      const found = await experimentOf(store, experiment_id);
      mustBeActive(found);
      const isNotes = key === NOTES_TAG && found.notes !== '';
      if (isNotes) await store.experiments.setNotes(experiment_id, '');
      else if (!store.experimentTags.delete(experiment_id, key)) {
        throw doesNotExist(`No tag with name: ${key} in experiment with id ${experiment_id}`);
      }
      return {};
    },
  ),
];
