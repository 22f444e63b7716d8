import { isLatest } from '@whorl/core';
import { StoreError } from './errors.ts';
import { insertInto, OR_KEEP, orUpdate } from './sql/changes.ts';
import { select, sql } from './sql/compose.ts';
import type { Statements } from './sql/statements.ts';
import { TABLES } from './sql/tables.ts';

/** A point of a metric that was measured of a model. */
export interface MeasuredOfModel {
  /** Null for no model. */
  readonly modelId: string | null;
  readonly key: string;
  readonly value: number;
  /** ms since 1970 */
  readonly timestamp: number;
  readonly step: number;
  /** The data it was measured on; empty where not given. */
  readonly datasetName: string;
  readonly datasetDigest: string;
}

/** A double as text that reads back as the same double. */
const exactText = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

/** Keeps a point as a model's, and as the latest of its metric and data if it is. @throws StoreError `not-found` */
export function measureModel(statements: Statements, runId: string, point: MeasuredOfModel): void {
  const { modelId, key, value, timestamp, step, datasetName, datasetDigest } = point;
  if (modelId === null) return;
  const { LoggedModel, ModelMetric } = TABLES;
  const [isThere] = statements.column(select(LoggedModel.id)`FROM ${LoggedModel} WHERE ${LoggedModel.id} = ${modelId}`);
  if (isThere === undefined) throw new StoreError('not-found', `Logged model with ID '${modelId}' not found.`);
  const row = { modelId, key, runId, datasetName, datasetDigest, step, time: timestamp };
  statements.run(sql`${insertInto('ModelPoint', { ...row, value: exactText(value) })} ${OR_KEEP}`);
  const [known] = statements.rows(
    select(ModelMetric.step, ModelMetric.time, ModelMetric.value)`
      FROM ${ModelMetric} WHERE ${ModelMetric.modelId} = ${modelId} AND ${ModelMetric.key} = ${key} AND ${ModelMetric.runId} = ${runId}
      AND ${ModelMetric.datasetName} = ${datasetName} AND ${ModelMetric.datasetDigest} = ${datasetDigest}`,
  );
  const latest = known && { step: known[0], time: known[1], value: known[2] ?? Number.NaN };
  if (latest && !isLatest({ step, time: timestamp, value }, latest)) return;
  statements.run(
    sql`${insertInto('ModelMetric', { ...row, value: Number.isNaN(value) ? null : value })}
      ${orUpdate('ModelMetric', ['modelId', 'key', 'runId', 'datasetName', 'datasetDigest'], ['step', 'time', 'value'])}`,
  );
}
