import path from 'node:path';
import { readCsvFile } from '@whorl/core';
import type { PlannedRun } from './plan.ts';

/**
 * The planned runs with what their files add to their configs: a path that holds from any folder, and the hash of the
 * contents, so that a run's config names the very data that it saw. Every file is read and checked as training will.
 * @throws CsvError before anything is written
 */
export async function withFiles(planned: readonly PlannedRun[], folder: string): Promise<PlannedRun[]> {
  const complete: PlannedRun[] = [];
  for (const run of planned) complete.push(await withFile(run, folder));
  return complete;
}

async function withFile(run: PlannedRun, folder: string): Promise<PlannedRun> {
  const { data } = run.config;
  if (data.name !== 'csv') return run;
  const { dataOf } = await import('@whorl/core/train');
  const file = path.resolve(folder, data.path);
  const sha256 = data.sha256 || (await readCsvFile(file)).sha256;
  const config = { ...run.config, data: { ...data, path: file, sha256 } };
  await dataOf(config); // which rows are held out depends on the seed, and with it whether a class has rows to train on
  return { ...run, config };
}
