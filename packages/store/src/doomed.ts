import { type Sql, select, sql } from './sql/compose.ts';
import { anyOf } from './sql/sqlite.ts';
import type { Statements } from './sql/statements.ts';
import { TABLES, tableAs } from './sql/tables.ts';

/** The rows with which a deletion begins; what depends on them goes, too. */
export interface Doomed {
  readonly experimentIds: readonly string[];
  /** Including those of the experiments. */
  readonly runIds: readonly string[];
  readonly modelIds: readonly string[];
}

const { Artifact, DatasetInput, LoggedDataset, LoggedModel, ModelFile, ModelMetric, ModelPoint, ModelUse } = TABLES;

/** The models of the experiments, and those that only the runs made or used. */
export function doomedModels(
  statements: Statements,
  { experimentIds, runIds }: Omit<Doomed, 'modelIds'>,
): readonly string[] {
  const [ofRuns, { id }] = [anyOf(runIds), LoggedModel];
  const others = sql`SELECT 1 FROM ${ModelUse} WHERE ${ModelUse.modelId} = ${id} AND ${ModelUse.runId} NOT IN ${ofRuns}`;
  return statements.column(
    select(id)`FROM ${LoggedModel} WHERE ${LoggedModel.experimentId} IN ${anyOf(experimentIds)}
      OR (${LoggedModel.runId} IN ${ofRuns} AND NOT EXISTS (${others})) ORDER BY ${id}`,
  );
}

/** How many files are deleted with them. */
export function countFiles(statements: Statements, { runIds, modelIds }: Doomed): number {
  const [files = 0] = statements.column(
    sql<[number]>`SELECT (SELECT count(*) FROM ${Artifact} WHERE ${Artifact.runId} IN ${anyOf(runIds)})
      + (SELECT count(*) FROM ${ModelFile} WHERE ${ModelFile.modelId} IN ${anyOf(modelIds)})`,
  );
  return files;
}

/** The hashes and sizes of files to which nothing else refers. */
export function filesOnlyOf({ runIds, modelIds }: Doomed): Sql<readonly [sha256: string, size: number]> {
  const [ofRuns, ofModels] = [anyOf(runIds), anyOf(modelIds)];
  const [a, m] = [tableAs('Artifact', 'a'), tableAs('ModelFile', 'm')];
  return sql`SELECT sha256, max(size) AS size FROM (
      SELECT sha256, size FROM ${Artifact} WHERE ${Artifact.runId} IN ${ofRuns}
      UNION ALL SELECT sha256, size FROM ${ModelFile} WHERE ${ModelFile.modelId} IN ${ofModels}
    ) AS mine
    WHERE NOT EXISTS (SELECT 1 FROM ${a} WHERE ${a.sha256} = mine.sha256 AND ${a.runId} NOT IN ${ofRuns})
      AND NOT EXISTS (SELECT 1 FROM ${m} WHERE ${m.sha256} = mine.sha256 AND ${m.modelId} NOT IN ${ofModels})
    GROUP BY sha256`;
}

/** Deletes the rows within a transaction; rows that refer to them by a foreign key are deleted with them. */
export function takeRows(statements: Statements, { experimentIds, runIds, modelIds }: Doomed): void {
  const { Experiment, ImportedFile, Run } = TABLES;
  const ofRuns = anyOf(runIds);
  const experiments = statements.column(
    sql<[string]>`SELECT DISTINCT ${Run.experimentId} FROM ${Run} WHERE ${Run.id} IN ${ofRuns}`,
  );
  statements.run(sql`DELETE FROM ${LoggedModel} WHERE ${LoggedModel.id} IN ${anyOf(modelIds)}`);
  // Models that stay do not mention deleted runs.
  statements.run(sql`UPDATE ${LoggedModel} SET "runId" = NULL WHERE ${LoggedModel.runId} IN ${ofRuns}`);
  statements.run(sql`DELETE FROM ${ModelMetric} WHERE ${ModelMetric.runId} IN ${ofRuns}`);
  statements.run(sql`DELETE FROM ${ModelPoint} WHERE ${ModelPoint.runId} IN ${ofRuns}`);
  statements.run(sql`DELETE FROM ${Run} WHERE ${Run.id} IN ${ofRuns}`);
  statements.run(sql`DELETE FROM ${Experiment} WHERE ${Experiment.id} IN ${anyOf(experimentIds)}`);
  // How far files of a deleted experiment were read: reading them again makes another experiment. The row of a single
  // deleted run stays, so that news in its file do not bring the run back.
  statements.run(sql`DELETE FROM ${ImportedFile} WHERE ${ImportedFile.experimentId} IN ${anyOf(experimentIds)}`);
  const isRead = sql`SELECT ${DatasetInput.datasetId} FROM ${DatasetInput}`;
  statements.run(
    sql`DELETE FROM ${LoggedDataset} WHERE ${LoggedDataset.experimentId} IN ${anyOf(experiments)} AND ${LoggedDataset.id} NOT IN (${isRead})`,
  );
}
