import { type ExperimentRecord, type Store, StoreError } from '@whorl/store';
import { z } from 'zod';
import { doesNotExist, MlflowError } from './errors.ts';
import { optionalText, pairs, text } from './fields.ts';
import { type Route, route } from './route.ts';
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
async function madeDefault(store: Store, id: string): Promise<ExperimentRecord | null> {
  if (id !== DEFAULT_ID) return null;
  for (const name of DEFAULT_NAMES) {
    try {
      return await store.experiments.create(name, null, DEFAULT_ID);
    } catch (error) {
      if (!(error instanceof StoreError && error.code === 'conflict')) throw error;
    }
  }
  return store.experiments.find(DEFAULT_ID);
}

export const EXPERIMENT_ROUTES: readonly Route[] = [
  route(
    'POST',
    '/experiments/create',
    z.object({ name: text, artifact_location: optionalText, tags: pairs }),
    async ({ store }, { name }) => {
      try {
        return { experiment_id: (await store.experiments.create(name, null)).id };
      } catch (error) {
        if (!(error instanceof StoreError && error.code === 'conflict')) throw error;
        throw new MlflowError('RESOURCE_ALREADY_EXISTS', `Experiment(name=${name}) already exists.`);
      }
    },
  ),
  route('GET', '/experiments/get', z.object({ experiment_id: text }), async ({ store }, { experiment_id }) => ({
    experiment: writtenExperiment(await experimentOf(store, experiment_id)),
  })),
  route('GET', '/experiments/get-by-name', z.object({ experiment_name: text }), async ({ store }, message) => {
    const { experiment_name: name } = message;
    if (name === DEFAULT_NAMES[0]) await experimentOf(store, DEFAULT_ID);
    const found = await store.experiments.find(name);
    if (found?.name !== name) throw doesNotExist(`Could not find experiment with name '${name}'`);
    return { experiment: writtenExperiment(found) };
  }),
];
