import { StoreError } from './errors.ts';
import { newId } from './ids.ts';
import { RowReader } from './row-reader.ts';
import { insertInto, update } from './sql/changes.ts';
import { type Sql, select, sql } from './sql/compose.ts';
import { anyOf, sqlDate } from './sql/sqlite.ts';
import type { Statements } from './sql/statements.ts';
import { selectAll, TABLES } from './sql/tables.ts';

export const MODEL_STATUSES = ['pending', 'ready', 'failed'] as const;
export type ModelStatus = (typeof MODEL_STATUSES)[number];

/** A value of a metric, measured of a model. */
export interface ModelMeasure {
  readonly key: string;
  readonly runId: string;
  /** Empty where not given. */
  readonly datasetName: string;
  readonly datasetDigest: string;
  readonly step: number;
  /** ms since 1970 */
  readonly time: number;
  readonly value: number;
}

/** A model that a program logged. */
export interface LoggedModelRecord {
  readonly id: string;
  readonly experimentId: string;
  /** The run that made it. */
  readonly runId: string | null;
  readonly name: string;
  readonly status: ModelStatus;
  readonly modelType: string | null;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly isArchived: boolean;
  /** Ordered by key, step and time: all values of a single model, only the latest for lists of models. */
  readonly metrics: readonly ModelMeasure[];
}

export type NewLoggedModel = Pick<
  LoggedModelRecord,
  'experimentId' | 'runId' | 'name' | 'modelType' | 'params' | 'tags'
>;

export interface ModelChange {
  readonly status?: ModelStatus;
  readonly archived?: boolean;
  /** Tags to set; null removes one. */
  readonly tags?: Readonly<Record<string, string | null>>;
  readonly params?: Readonly<Record<string, string>>;
}

const { LoggedModel, ModelMetric, ModelPoint } = TABLES;

/** Identifies a metric of a model on some data. */
const seriesOf = ({ key, runId, datasetName, datasetDigest }: ModelMeasure): string =>
  JSON.stringify([key, runId, datasetName, datasetDigest]);

/** Models that programs log, with what was measured of them. */
export class LoggedModels {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** Records a new model. @returns its id */
  create({ experimentId, runId, name, modelType, params, tags }: NewLoggedModel): string {
    const id = `m-${newId()}`;
    const now = sqlDate(Date.now());
    this.#statements.run(
      insertInto('LoggedModel', {
        ...{ id, experimentId, runId, name, status: 'pending', modelType },
        ...{ params: JSON.stringify(params), tags: JSON.stringify(tags), createdAt: now, updatedAt: now },
      }),
    );
    return id;
  }

  /** A model, archived or not; null where there is none. */
  find(id: string): LoggedModelRecord | null {
    const [found] = this.#read(sql`${LoggedModel.id} = ${id}`);
    return found ? { ...found, metrics: this.#points(id, found.metrics) } : null;
  }

  /** All values measured of a model; in an older record only the latest. */
  #points(id: string, latest: readonly ModelMeasure[]): readonly ModelMeasure[] {
    const { modelId, key, runId, datasetName, datasetDigest, step, time, value } = ModelPoint;
    const rows = this.#statements.rows(
      select(key, runId, datasetName, datasetDigest, step, time, value)`
        FROM ${ModelPoint} WHERE ${modelId} = ${id} ORDER BY ${key}, ${step}, ${time}`,
    );
    const points = rows.map(([key, runId, datasetName, datasetDigest, step, time, value]) => ({
      ...{ key, runId, datasetName, datasetDigest, step, time, value: Number(value) },
    }));
    const known = new Set(points.map(seriesOf));
    return [...latest.filter((measure) => !known.has(seriesOf(measure))), ...points];
  }

  #get(id: string): LoggedModelRecord {
    const found = this.find(id);
    if (!found) throw new StoreError('not-found', `Logged model with ID '${id}' not found.`);
    return found;
  }

  /** The models of some experiments, archived ones included. */
  of(experimentIds: readonly string[]): LoggedModelRecord[] {
    return this.#read(sql`${LoggedModel.experimentId} IN ${anyOf(experimentIds)}`);
  }

  /** @throws StoreError `not-found` */
  change(id: string, { status, archived, tags = {}, params = {} }: ModelChange): void {
    this.#statements.write(() => {
      const known = this.#get(id);
      const kept = Object.entries({ ...known.tags, ...tags }).filter(([, value]) => value !== null);
      const isOut = archived ?? known.isArchived;
      const now = sqlDate(Date.now());
      const change = {
        ...{ status: status ?? known.status, tags: JSON.stringify(Object.fromEntries(kept)) },
        ...{ params: JSON.stringify({ ...known.params, ...params }), archivedAt: isOut ? now : null, updatedAt: now },
      };
      this.#statements.run(sql`${update('LoggedModel', change)} WHERE ${LoggedModel.id} = ${id}`);
    });
  }

  #read(which: Sql): LoggedModelRecord[] {
    const rows = this.#statements.objects(selectAll('LoggedModel')`WHERE ${which}`).map((row) => new RowReader(row));
    const ids = rows.map((row) => row.text('id'));
    const metrics = new Map<string, ModelMeasure[]>();
    const { modelId, key, runId, datasetName, datasetDigest, step, time, value } = ModelMetric;
    for (const [id, ...found] of this.#statements.rows(
      select(
        modelId,
        key,
        runId,
        datasetName,
        datasetDigest,
        step,
        time,
        value,
      )`FROM ${ModelMetric} WHERE ${modelId} IN ${anyOf(ids)}`,
    )) {
      const [name, run, data, digest, at, measuredAt, number] = found;
      const measure = { key: name, runId: run, datasetName: data, datasetDigest: digest, step: at, time: measuredAt };
      metrics.set(id, [...(metrics.get(id) ?? []), { ...measure, value: number ?? Number.NaN }]);
    }
    return rows.map((row) => {
      const id = row.text('id');
      return {
        id,
        experimentId: row.text('experimentId'),
        runId: row.textOrNull('runId'),
        name: row.text('name'),
        status: row.oneOf('status', MODEL_STATUSES, 'failed'),
        modelType: row.textOrNull('modelType'),
        params: (row.object('params') ?? {}) as Record<string, string>,
        tags: (row.object('tags') ?? {}) as Record<string, string>,
        createdAt: row.date('createdAt'),
        updatedAt: row.date('updatedAt'),
        isArchived: row.dateOrNull('archivedAt') !== null,
        metrics: metrics.get(id) ?? [],
      };
    });
  }
}
