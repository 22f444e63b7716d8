import type { Config } from './schema.ts';

/** How many rows are trained on. The rows of a file are not known before it is read: 1000 is assumed. */
export function trainingRows(data: Config['data']): number {
  if (!('n' in data)) return 1000;
  return data.name === 'mnist' ? data.n : data.n * ('classes' in data ? data.classes : 2);
}

/** How many rows one step takes. */
export function batchRows({ data, batchSize }: Pick<Config, 'data' | 'batchSize'>): number {
  const rows = trainingRows(data);
  return batchSize === 'full' ? rows : Math.min(batchSize, rows);
}
