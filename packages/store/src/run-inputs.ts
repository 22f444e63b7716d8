import { StoreError } from './errors.ts';
import { RowReader } from './row-reader.ts';
import { CONTEXT_KEY } from './run-condition.ts';
import { insertInto, OR_KEEP, orUpdate } from './sql/changes.ts';
import { select, sql } from './sql/compose.ts';
import { anyOf, jsonAt } from './sql/sqlite.ts';
import type { Statements } from './sql/statements.ts';
import { TABLES } from './sql/tables.ts';

/** Data that a run used, and for what. */
export interface DatasetRecord {
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  readonly source: string;
  readonly schema: string | null;
  readonly profile: string | null;
  readonly tags: Readonly<Record<string, string>>;
}

/** A model that a run made, or started from. */
export interface ModelUseRecord {
  readonly modelId: string;
  readonly step: number;
}

/** The data and models that runs used and made. */
export interface RunLinks {
  readonly datasets: DatasetRecord[];
  readonly inputs: ModelUseRecord[];
  readonly outputs: ModelUseRecord[];
}

/** A data set of an experiment, by name. */
export type DatasetSummary = readonly [experimentId: string, name: string, digest: string, context: string | null];

const { DatasetInput, LoggedDataset, LoggedModel, ModelUse, Run } = TABLES;

/** The data sets and models that runs report to have used and made. */
export class RunInputs {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** Of each of the runs. */
  of(runIds: readonly string[]): ReadonlyMap<string, RunLinks> {
    const found = new Map<string, RunLinks>(runIds.map((id) => [id, { datasets: [], inputs: [], outputs: [] }]));
    const { name, digest, sourceType, source, schema, profile } = LoggedDataset;
    for (const [runId, ...row] of this.#statements.rows(
      select(DatasetInput.runId, name, digest, sourceType, source, schema, profile, DatasetInput.tags)`
        FROM ${DatasetInput} JOIN ${LoggedDataset} ON ${LoggedDataset.id} = ${DatasetInput.datasetId}
        WHERE ${DatasetInput.runId} IN ${anyOf(runIds)} ORDER BY ${DatasetInput.runId}, ${LoggedDataset.id}`,
    )) {
      found.get(runId)?.datasets.push(asDataset(row));
    }
    for (const [runId, modelId, isOutput, step] of this.#statements.rows(
      select(ModelUse.runId, ModelUse.modelId, ModelUse.isOutput, ModelUse.step)`
        FROM ${ModelUse} WHERE ${ModelUse.runId} IN ${anyOf(runIds)} ORDER BY ${ModelUse.runId}, ${ModelUse.step}, ${ModelUse.modelId}`,
    )) {
      found.get(runId)?.[isOutput ? 'outputs' : 'inputs'].push({ modelId, step });
    }
    return found;
  }

  /** Adds what a run used and made; repeated entries are kept once. @throws StoreError `not-found`, `conflict` */
  add(runId: string, { datasets = [], inputs = [], outputs = [] }: Partial<Readonly<RunLinks>>): void {
    this.#statements.write(() => {
      const [told] = this.#statements.rows(
        select(Run.experimentId, Run.archivedAt)`FROM ${Run} WHERE ${Run.id} = ${runId}`,
      );
      if (!told) throw new StoreError('not-found', `no run "${runId}"; whorl ls <experiment> lists them`);
      if (told[1] !== null) throw new StoreError('conflict', `run ${runId} is archived; restore it to log to it`);
      for (const dataset of datasets) this.#addDataset(runId, told[0], dataset);
      for (const input of inputs) this.#addModel(runId, input, 0);
      for (const output of outputs) this.#addModel(runId, output, 1);
    });
  }

  #addDataset(runId: string, experimentId: string, { tags, ...dataset }: DatasetRecord): void {
    this.#statements.run(sql`${insertInto('LoggedDataset', { experimentId, ...dataset })} ${OR_KEEP}`);
    const { id, name, digest } = LoggedDataset;
    const [datasetId = 0] = this.#statements.column(
      select(
        id,
      )`FROM ${LoggedDataset} WHERE ${LoggedDataset.experimentId} = ${experimentId} AND ${name} = ${dataset.name} AND ${digest} = ${dataset.digest}`,
    );
    this.#statements.run(
      sql`${insertInto('DatasetInput', { runId, datasetId, tags: JSON.stringify(tags) })} ${OR_KEEP}`,
    );
  }

  #addModel(runId: string, { modelId, step }: ModelUseRecord, isOutput: 0 | 1): void {
    const [isThere] = this.#statements.column(
      select(LoggedModel.id)`FROM ${LoggedModel} WHERE ${LoggedModel.id} = ${modelId}`,
    );
    if (isThere === undefined) throw new StoreError('not-found', `Logged model with ID '${modelId}' not found.`);
    const row = insertInto('ModelUse', { runId, modelId, isOutput, step });
    this.#statements.run(sql`${row} ${orUpdate('ModelUse', ['runId', 'modelId', 'isOutput'], ['step'])}`);
  }

  /** The data sets of some experiments, each with what it was used for. */
  summaries(experimentIds: readonly string[], limit: number): DatasetSummary[] {
    const { experimentId, name, digest, id } = LoggedDataset;
    const context = jsonAt(DatasetInput.tags, [CONTEXT_KEY]).text;
    return this.#statements.rows(
      sql<[string, string, string, string | null]>`SELECT DISTINCT ${experimentId}, ${name}, ${digest}, ${context}
        FROM ${LoggedDataset} LEFT JOIN ${DatasetInput} ON ${DatasetInput.datasetId} = ${id}
        WHERE ${experimentId} IN ${anyOf(experimentIds)} ORDER BY 1, 2, 3, 4 LIMIT ${limit}`,
    );
  }
}

type DatasetRow = readonly [string, string, string, string, string | null, string | null, string];

function asDataset([name, digest, sourceType, source, schema, profile, tags]: DatasetRow): DatasetRecord {
  const known = new RowReader({ tags }).object('tags') ?? {};
  return { name, digest, sourceType, source, schema, profile, tags: known as Readonly<Record<string, string>> };
}
