import { z } from 'zod';
import { invalidParameter } from './errors.ts';
import { int64, list, optional, optionalText, pairs, text } from './fields.ts';
import { listed } from './file-routes.ts';
import { asRecord, checkLength, MOST } from './limits.ts';
import { type Route, route, withRun } from './route.ts';
import { plainRun } from './runs.ts';
import { artifactUri } from './written.ts';

const MOST_DATASETS = 1_000;
const MOST_EXPERIMENTS = 20;
const MOST_SUMMARIES = 1_000;

const datasetInput = z.object({
  tags: pairs,
  dataset: z.object({
    name: text,
    digest: text,
    source_type: optionalText,
    source: optionalText,
    schema: optionalText,
    profile: optionalText,
  }),
});
type GivenDataset = z.output<typeof datasetInput>;

function checkDataset({ tags, dataset }: GivenDataset): void {
  checkLength('name', MOST.datasetName, dataset.name);
  checkLength('digest', MOST.datasetDigest, dataset.digest);
  checkLength('source', MOST.datasetSource, dataset.source ?? '');
  checkLength('schema', MOST.datasetSchema, dataset.schema ?? '');
  checkLength('profile', MOST.datasetProfile, dataset.profile ?? '');
  for (const { key, value } of tags) {
    checkLength('key', MOST.inputTagKey, key);
    checkLength('value', MOST.inputTagValue, value);
  }
}

const asDataset = ({ tags, dataset }: GivenDataset) => ({
  name: dataset.name,
  digest: dataset.digest,
  sourceType: dataset.source_type ?? '',
  source: dataset.source ?? '',
  schema: dataset.schema ?? null,
  profile: dataset.profile ?? null,
  tags: asRecord(tags),
});

const modelUse = z.object({ model_id: text, step: optional(int64) });
const asUse = ({ model_id, step = 0 }: z.output<typeof modelUse>) => ({ modelId: model_id, step });

/** What runs read and made. */
export const INPUT_ROUTES: readonly Route[] = [
  route(
    'POST',
    '/runs/log-inputs',
    withRun(z.object({ datasets: list(datasetInput), models: list(modelUse) })),
    ({ store }, { run_id, datasets, models }) => {
      if (datasets.length > MOST_DATASETS) {
        throw invalidParameter(`A request can log at most ${MOST_DATASETS} datasets. Got ${datasets.length} datasets.`);
      }
      datasets.forEach(checkDataset);
      store.inputs.add(run_id, { datasets: datasets.map(asDataset), inputs: models.map(asUse) });
      return {};
    },
    { mostBytes: 64_000_000 },
  ),
  route('POST', '/runs/outputs', withRun(z.object({ models: list(modelUse) })), ({ store }, { run_id, models }) => {
    store.inputs.add(run_id, { outputs: models.map(asUse) });
    return {};
  }),
  route(
    'POST',
    '/experiments/search-datasets',
    z.object({ experiment_ids: list(z.string()) }),
    ({ store }, { experiment_ids }) => {
      if (experiment_ids.length === 0)
        throw invalidParameter('SearchDatasets request must specify at least one experiment_id.');
      if (experiment_ids.length > MOST_EXPERIMENTS) {
        throw invalidParameter(
          `SearchDatasets request cannot specify more than ${MOST_EXPERIMENTS} experiment_ids. Received ${experiment_ids.length} experiment_ids.`,
        );
      }
      const found = store.inputs.summaries(experiment_ids, MOST_SUMMARIES);
      return {
        dataset_summaries: found.map(([experiment_id, name, digest, context]) => ({
          ...{ experiment_id, name, digest },
          ...(context !== null && { context }),
        })),
      };
    },
  ),
  route(
    'GET',
    '/artifacts/list',
    withRun(z.object({ path: optionalText, page_token: optionalText })),
    ({ store }, { run_id, path = '' }) => {
      const root = artifactUri(plainRun(store, run_id).experimentId, run_id);
      return { root_uri: root, files: listed(store, `${root.replace('mlflow-artifacts:/', '')}/${path}`) };
    },
  ),
];
