import type { LoggedModelRecord } from '@whorl/store';
import { writtenPoint } from './written.ts';

const STATUSES = {
  pending: 'LOGGED_MODEL_PENDING',
  ready: 'LOGGED_MODEL_READY',
  failed: 'LOGGED_MODEL_UPLOAD_FAILED',
} as const;

export const modelUri = ({ experimentId, id }: Pick<LoggedModelRecord, 'experimentId' | 'id'>): string =>
  `mlflow-artifacts:/${experimentId}/models/${id}/artifacts`;

const pairsOf = (record: Readonly<Record<string, string>>) =>
  Object.entries(record).map(([key, value]) => ({ key, value }));

/** A logged model as MLflow's messages have it. */
export const writtenModel = (model: LoggedModelRecord) => ({
  info: {
    experiment_id: model.experimentId,
    model_id: model.id,
    name: model.name,
    artifact_uri: modelUri(model),
    creation_timestamp_ms: model.createdAt.getTime(),
    last_updated_timestamp_ms: model.updatedAt.getTime(),
    ...(model.modelType !== null && { model_type: model.modelType }),
    ...(model.runId !== null && { source_run_id: model.runId }),
    status: STATUSES[model.status],
    tags: pairsOf(model.tags),
  },
  data: {
    params: pairsOf(model.params),
    metrics: model.metrics.map(({ key, step, value, time, runId, datasetName, datasetDigest }) => ({
      ...writtenPoint(key, step, value, time),
      run_id: runId,
      model_id: model.id,
      ...(datasetName !== '' && { dataset_name: datasetName }),
      ...(datasetDigest !== '' && { dataset_digest: datasetDigest }),
    })),
  },
});
