import { z } from 'zod';
import { invalidParameter } from './errors.ts';
import { optionalText, pairs, text } from './fields.ts';
import { asRecord, checkCount, checkParam, checkTag, MOST } from './limits.ts';
import { asSeries, readPoint } from './points.ts';
import { type Route, route, withRun } from './route.ts';
import { plainRun } from './runs.ts';
import { splitTags } from './system-tags.ts';

// What a program tells of its run while it goes on.

const anything = z
  .array(z.unknown())
  .nullish()
  .transform((given) => given ?? []);

export const LOGGING_ROUTES: readonly Route[] = [
  route('POST', '/runs/log-metric', withRun(z.looseObject({})), ({ store }, { run_id, ...given }) => {
    const point = readPoint(given);
    store.logged.log(run_id, { series: asSeries([point]), measured: point.modelId === null ? [] : [point] });
    return {};
  }),
  route(
    'POST',
    '/runs/log-parameter',
    withRun(z.object({ key: text, value: optionalText })),
    ({ store }, { run_id, key, value = '' }) => {
      checkParam(key, value);
      store.logged.log(run_id, { params: { [key]: value } });
      return {};
    },
  ),
  route(
    'POST',
    '/runs/log-batch',
    withRun(z.object({ metrics: anything, params: pairs, tags: pairs })),
    ({ store }, { run_id, metrics, params, tags }) => {
      const points = metrics.map((metric, i) => readPoint(metric, `metrics[${i}].`));
      const series = asSeries(points);
      for (const [i, { key, value }] of params.entries()) checkParam(key, value, `params[${i}].`);
      for (const [i, { key, value }] of tags.entries()) checkTag(key, value, `tags[${i}].`);
      checkCount('metrics', MOST.metrics, metrics.length);
      checkCount('params', MOST.paramsOrTags, params.length);
      checkCount('tags', MOST.paramsOrTags, tags.length);
      checkCount('metrics, params, and tags', MOST.entities, metrics.length + params.length + tags.length);
      checkUnique(params.map(({ key }) => key));
      store.logged.log(run_id, {
        series,
        params: asRecord(params),
        ...splitTags(asRecord(tags)),
        measured: points.filter(({ modelId }) => modelId !== null),
      });
      return {};
    },
    { mostBytes: 8_000_000 },
  ),
  route('POST', '/runs/log-model', withRun(z.object({ model_json: text })), ({ store }, { run_id, model_json }) => {
    const model = parsed(model_json);
    if (typeof model !== 'object' || model === null || Array.isArray(model)) {
      throw invalidParameter('Malformed model info: it is not a JSON object');
    }
    const lacking = ['artifact_path', 'flavors', 'utc_time_created', 'run_id'].filter(
      (field) => !Object.hasOwn(model, field),
    );
    if (lacking.length > 0) {
      throw invalidParameter(
        `Model json is missing mandatory fields: {${lacking.map((field) => `'${field}'`).join(', ')}}`,
      );
    }
    const before = parsed(plainRun(store, run_id).tags.find(([key]) => key === MODELS_TAG)?.[1] ?? '[]');
    store.logged.log(run_id, {
      tags: { [MODELS_TAG]: JSON.stringify([...(Array.isArray(before) ? before : []), model]) },
    });
    return {};
  }),
];

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** What older clients note of a model that they keep, as a list in a tag. */
const MODELS_TAG = 'mlflow.log-model.history';

function checkUnique(keys: readonly string[]): void {
  const twice = keys.filter((key, i) => keys.indexOf(key) < i);
  if (twice.length === 0) return;
  throw invalidParameter(
    `Duplicate parameter keys have been submitted: [${twice.map((key) => `'${key}'`).join(', ')}]. Please ensure the request contains only one param value per param key.`,
  );
}
