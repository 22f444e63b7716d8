import type { RunStatus } from '@whorl/core';
import type { ExperimentRecord, KeyedText, PlainRun, RunLinks } from '@whorl/store';

import { NAME_TAG, NOTES_TAG, USER_TAG } from './system-tags.ts';

// What is recorded, as MLflow's messages have it.

/** What a status is called by MLflow. */
export const STATUS_NAMES: Readonly<Record<string, string>> = {
  running: 'RUNNING',
  scheduled: 'SCHEDULED',
  finished: 'FINISHED',
  failed: 'FAILED',
  interrupted: 'KILLED',
  crashed: 'FAILED',
} satisfies Readonly<Record<RunStatus | 'scheduled', string>>;

/** A double as protobuf writes it in JSON, which has no NaN, no infinities and, in JavaScript, no -0. */
export const writtenDouble = (value: number): number | string =>
  Number.isFinite(value) && !Object.is(value, -0) ? value : Object.is(value, -0) ? '-0.0' : String(value);

/** A point; Whorl's own runs have parts of a ms, which MLflow has not. */
export const writtenPoint = (key: string, step: number, value: number, time: number) => ({
  key,
  value: writtenDouble(value),
  timestamp: Math.trunc(time),
  step: Math.trunc(step),
});

export const artifactUri = (experimentId: string, runId: string): string =>
  `mlflow-artifacts:/${experimentId}/${runId}/artifacts`;

export const lifecycle = (isArchived: boolean): string => (isArchived ? 'deleted' : 'active');

const pairOf = ([key, value]: readonly [string, string]) => ({ key, value });

export function writtenInfo(run: PlainRun) {
  return {
    run_id: run.id,
    run_uuid: run.id,
    run_name: run.name,
    experiment_id: run.experimentId,
    user_id: run.tags.find(([key]) => key === USER_TAG)?.[1] ?? '',
    status: STATUS_NAMES[run.isScheduled ? 'scheduled' : run.status] ?? 'FAILED',
    start_time: (run.startedAt ?? run.createdAt).getTime(),
    ...(run.endedAt && { end_time: run.endedAt.getTime() }),
    artifact_uri: artifactUri(run.experimentId, run.id),
    lifecycle_stage: lifecycle(run.isArchived),
  };
}

export function writtenRun(run: PlainRun, links?: RunLinks) {
  const tags = [...run.tags.map(pairOf), { key: NAME_TAG, value: run.name }];
  if (run.notes !== '') tags.push({ key: NOTES_TAG, value: run.notes });
  return {
    info: writtenInfo(run),
    data: {
      metrics: run.series.map(({ key, last, lastStep, lastTime }) => writtenPoint(key, lastStep, last, lastTime ?? 0)),
      params: run.params.map(pairOf),
      tags,
    },
    ...(links && writtenLinks(links)),
  };
}

function writtenLinks({ datasets, inputs, outputs }: RunLinks) {
  return {
    inputs: {
      dataset_inputs: datasets.map(({ tags, name, digest, sourceType, source, schema, profile }) => ({
        tags: Object.entries(tags).map(pairOf),
        dataset: {
          ...{ name, digest, source_type: sourceType, source },
          ...(schema !== null && { schema }),
          ...(profile !== null && { profile }),
        },
      })),
      model_inputs: inputs.map(({ modelId }) => ({ model_id: modelId })),
    },
    outputs: { model_outputs: outputs.map(({ modelId, step }) => ({ model_id: modelId, step })) },
  };
}

export function writtenExperiment(record: ExperimentRecord, own: readonly KeyedText[]) {
  const { id, name, notes, createdAt, updatedAt, archivedAt } = record;
  const tags = own.map(pairOf);
  if (notes !== '') tags.push({ key: NOTES_TAG, value: notes });
  return {
    experiment_id: id,
    name,
    artifact_location: `mlflow-artifacts:/${id}`,
    lifecycle_stage: lifecycle(archivedAt !== null),
    creation_time: createdAt.getTime(),
    last_update_time: updatedAt.getTime(),
    tags,
  };
}
