import type { Config } from './schema.ts';

/** The rows that are trained on; those of a file are not known before it is read, and taken for 1000. */
export function trainingRows(data: Config['data']): number {
  if (!('n' in data)) return 1000;
  return data.name === 'mnist' ? data.n : data.n * ('classes' in data ? data.classes : 2);
}

/** The rows of a step. */
export function batchRows({ data, batchSize }: Pick<Config, 'data' | 'batchSize'>): number {
  const rows = trainingRows(data);
  return batchSize === 'full' ? rows : Math.min(batchSize, rows);
}
