import type { LoggedModelRecord, ModelStatus, Store } from '@whorl/store';
import { z } from 'zod';
import { doesNotExist, invalidParameter } from './errors.ts';
import { experimentOf } from './experiments.ts';
import { list, optionalText, pageSize, pairs, text } from './fields.ts';
import { listed } from './file-routes.ts';
import { parseFilter, parseOrder, type Searched } from './filter.ts';
import { asRecord, checkLength, checkParam, checkTag, MOST } from './limits.ts';
import { comparedBy, holds, type Reader } from './ordering.ts';
import { pageToken, readPageToken } from './page-token.ts';
import { type Route, route } from './route.ts';
import { modelUri, writtenModel } from './written-model.ts';

// Logged models: what a program keeps of what it trained.

const MOST_FOUND = 50;

const STATUSES: Readonly<Record<string, ModelStatus>> = {
  LOGGED_MODEL_PENDING: 'pending',
  LOGGED_MODEL_READY: 'ready',
  LOGGED_MODEL_UPLOAD_FAILED: 'failed',
  1: 'pending',
  2: 'ready',
  3: 'failed',
};

const MODELS: Searched = {
  entities: ['metric', 'parameter', 'tag', 'attribute'],
  attributes: {
    name: 'name',
    model_id: 'model_id',
    model_type: 'model_type',
    status: 'status',
    source_run_id: 'source_run_id',
    creation_timestamp: 'creation_timestamp',
    creation_time: 'creation_timestamp',
    last_updated_timestamp: 'last_updated_timestamp',
    last_updated_time: 'last_updated_timestamp',
  },
  numeric: ['creation_timestamp', 'last_updated_timestamp'],
  lists: null,
  nullable: [],
};

interface DatasetFilter {
  readonly dataset_name: string;
  readonly dataset_digest?: string | undefined;
}

/** The metrics of a model on some data; on any where none is named. */
const measuresOn = ({ metrics }: LoggedModelRecord, on: readonly DatasetFilter[]) =>
  metrics.filter(
    ({ datasetName, datasetDigest }) =>
      on.length === 0 ||
      on.some(
        ({ dataset_name, dataset_digest }) =>
          dataset_name === datasetName && (!dataset_digest || dataset_digest === datasetDigest),
      ),
  );

function readerOf(model: LoggedModelRecord, on: readonly DatasetFilter[]): Reader {
  const attributes = new Map<string, string | number | null>([
    ['name', model.name],
    ['model_id', model.id],
    ['model_type', model.modelType],
    ['status', model.status.toUpperCase()],
    ['source_run_id', model.runId],
    ['creation_timestamp', model.createdAt.getTime()],
    ['last_updated_timestamp', model.updatedAt.getTime()],
  ]);
  const [params, tags] = [new Map(Object.entries(model.params)), new Map(Object.entries(model.tags))];
  const metrics = new Map(measuresOn(model, on).map(({ key, value }) => [key, value]));
  return (entity, key) => {
    if (entity === 'metric') return metrics.get(key);
    if (entity === 'parameter') return params.get(key);
    return (entity === 'tag' ? tags.get(key) : attributes.get(key)) ?? undefined;
  };
}

/** @throws MlflowError */
function modelOf(store: Store, id: string, deleted = false): LoggedModelRecord {
  const found = store.models.find(id);
  if (!found || (found.isArchived && !deleted)) throw doesNotExist(`Logged model with ID '${id}' not found.`);
  return found;
}

function checkModelName(name: string): void {
  checkLength('name', MOST.runName, name);
  if (/[/:.%"']/.test(name))
    throw invalidParameter(
      `Invalid model name (${name}) provided. Model name must be a non-empty string and cannot contain the following characters: ('/', ':', '.', '%', '"', "'")`,
    );
}

const orderBy = z.object({
  field_name: text,
  ascending: z.boolean().nullish(),
  dataset_name: optionalText,
  dataset_digest: optionalText,
});

const byId = z.object({ model_id: text });

export const MODEL_ROUTES: readonly Route[] = [
  route(
    'POST',
    '/logged-models',
    z.object({
      experiment_id: text,
      name: optionalText,
      model_type: optionalText,
      source_run_id: optionalText,
      params: pairs,
      tags: pairs,
    }),
    async ({ store, newName }, { experiment_id, name = newName(), model_type, source_run_id, params, tags }) => {
      checkModelName(name);
      for (const { key, value } of params) checkParam(key, value);
      for (const { key, value } of tags) checkTag(key, value);
      const experiment = await experimentOf(store, experiment_id);
      const id = store.models.create({
        experimentId: experiment.id,
        runId: source_run_id ?? null,
        name,
        modelType: model_type ?? null,
        params: asRecord(params),
        tags: asRecord(tags),
      });
      return { model: writtenModel(modelOf(store, id)) };
    },
  ),
  route(
    'GET',
    '/logged-models/:model_id',
    byId.extend({ allow_deleted: optionalText }),
    ({ store }, { model_id, allow_deleted }) => ({
      model: writtenModel(modelOf(store, model_id, allow_deleted === 'true')),
    }),
  ),
  route(
    'PATCH',
    '/logged-models/:model_id',
    byId.extend({ status: z.coerce.string() }),
    ({ store }, { model_id, status }) => {
      modelOf(store, model_id);
      const known = Object.hasOwn(STATUSES, status) ? STATUSES[status] : undefined;
      if (known === undefined) throw invalidParameter(`Unknown model status: ${status.slice(0, 100)}`);
      store.models.change(model_id, { status: known });
      return { model: writtenModel(modelOf(store, model_id)) };
    },
  ),
  route('DELETE', '/logged-models/:model_id', byId, ({ store }, { model_id }) => {
    modelOf(store, model_id);
    store.models.change(model_id, { archived: true });
    return {};
  }),
  route('PATCH', '/logged-models/:model_id/tags', byId.extend({ tags: pairs }), ({ store }, { model_id, tags }) => {
    modelOf(store, model_id);
    for (const { key, value } of tags) checkTag(key, value);
    store.models.change(model_id, { tags: asRecord(tags) });
    return {};
  }),
  route(
    'DELETE',
    '/logged-models/:model_id/tags/:tag_key',
    byId.extend({ tag_key: text }),
    ({ store }, { model_id, tag_key }) => {
      if (!Object.hasOwn(modelOf(store, model_id).tags, tag_key))
        throw doesNotExist(`No tag with key '${tag_key}' in model ${model_id}`);
      store.models.change(model_id, { tags: { [tag_key]: null } });
      return {};
    },
  ),
  route(
    'POST',
    '/logged-models/:model_id/params',
    byId.extend({ params: pairs }),
    ({ store }, { model_id, params }) => {
      modelOf(store, model_id);
      for (const { key, value } of params) checkParam(key, value);
      store.models.change(model_id, { params: asRecord(params) });
      return {};
    },
  ),
  route(
    'GET',
    '/logged-models/:model_id/artifacts/directories',
    byId.extend({ artifact_directory_path: optionalText }),
    ({ store }, { model_id, artifact_directory_path: path = '' }) => {
      const root = modelUri(modelOf(store, model_id));
      return { root_uri: root, files: listed(store, `${root.replace('mlflow-artifacts:/', '')}/${path}`) };
    },
  ),
  route(
    'POST',
    '/logged-models/search',
    z.object({
      experiment_ids: z.array(z.string()).min(1),
      filter: optionalText,
      datasets: list(z.object({ dataset_name: text, dataset_digest: optionalText })),
      max_results: pageSize(MOST_FOUND, MOST_FOUND),
      order_by: list(orderBy),
      page_token: optionalText,
    }),
    ({ store }, { experiment_ids, filter, datasets, max_results, order_by, page_token }) => {
      const where = parseFilter(filter, MODELS);
      const order = order_by.map(({ field_name, ascending, dataset_name, dataset_digest }) => ({
        ...parseOrder(field_name, MODELS),
        descending: ascending === false,
        on: dataset_name === undefined ? [] : [{ dataset_name, dataset_digest }],
      }));
      const keys = [
        ...order,
        { entity: 'attribute', key: 'creation_timestamp', descending: true, on: [] },
        { entity: 'attribute', key: 'model_id', descending: false, on: [] },
      ];
      const placeIn = (model: LoggedModelRecord) =>
        keys.map(({ entity, key, on }) => readerOf(model, on)(entity, key) ?? null);
      const compared = (a: readonly (string | number | null)[], b: readonly (string | number | null)[]) =>
        keys.reduce(
          (found, { descending }, i) => found || comparedBy(a[i] ?? undefined, b[i] ?? undefined, descending),
          0,
        );
      const after = readPageToken(page_token, keys.length);
      const found = store.models
        .of(experiment_ids)
        .filter((model) => !model.isArchived && (datasets.length === 0 || measuresOn(model, datasets).length > 0))
        .filter((model) => where === null || holds(where, readerOf(model, datasets)))
        .map((model) => ({ model, place: placeIn(model) }))
        .filter(({ place }) => after === null || compared(place, after) > 0)
        .sort((a, b) => compared(a.place, b.place));
      const part = found.slice(0, max_results);
      const last = part.at(-1);
      return {
        models: part.map(({ model }) => writtenModel(model)),
        ...(found.length > part.length && last && { next_page_token: pageToken(last.place) }),
      };
    },
  ),
];
