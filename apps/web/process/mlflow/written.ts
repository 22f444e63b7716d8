import type { ExperimentRecord, PlainRun } from '@whorl/store';

// What is recorded, as MLflow's messages have it.

/** Tags of MLflow that are something else here: the name and the notes of a run, the notes of an experiment. */
export const NAME_TAG = 'mlflow.runName';
export const NOTES_TAG = 'mlflow.note.content';
export const USER_TAG = 'mlflow.user';

const STATUSES: Readonly<Record<string, string>> = {
  running: 'RUNNING',
  finished: 'FINISHED',
  failed: 'FAILED',
  interrupted: 'KILLED',
  crashed: 'FAILED',
};

/** A double as protobuf writes it in JSON, which has no NaN, no infinities and, in JavaScript, no -0. */
export const writtenDouble = (value: number): number | string =>
  Number.isFinite(value) && !Object.is(value, -0) ? value : Object.is(value, -0) ? '-0.0' : String(value);

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
    status: STATUSES[run.status] ?? 'FAILED',
    start_time: (run.startedAt ?? run.createdAt).getTime(),
    ...(run.endedAt && { end_time: run.endedAt.getTime() }),
    artifact_uri: artifactUri(run.experimentId, run.id),
    lifecycle_stage: lifecycle(run.isArchived),
  };
}

export function writtenRun(run: PlainRun) {
  const tags = [...run.tags.map(pairOf), { key: NAME_TAG, value: run.name }];
  if (run.notes !== '') tags.push({ key: NOTES_TAG, value: run.notes });
  return {
    info: writtenInfo(run),
    data: {
      metrics: run.series.map(({ key, last, lastStep, lastTime }) => ({
        key,
        value: writtenDouble(last),
        timestamp: Math.trunc(lastTime ?? 0),
        step: Math.trunc(lastStep),
      })),
      params: run.params.map(pairOf),
      tags,
    },
  };
}

export function writtenExperiment({ id, name, notes, createdAt, updatedAt, archivedAt }: ExperimentRecord) {
  return {
    experiment_id: id,
    name,
    artifact_location: `mlflow-artifacts:/${id}`,
    lifecycle_stage: lifecycle(archivedAt !== null),
    creation_time: createdAt.getTime(),
    last_update_time: updatedAt.getTime(),
    tags: notes === '' ? [] : [{ key: NOTES_TAG, value: notes }],
  };
}
