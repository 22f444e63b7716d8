import type { DataConfig } from '../config/schema.ts';
import { CsvError } from '../errors.ts';
import type { Rng } from '../rng.ts';
import { decodeCsv, readCsvFile } from './csv-file.ts';
import { type CsvTable, readCsv } from './csv-table.ts';
import type { DataSet } from './data-set.ts';
import { shuffled } from './shuffled.ts';

export { readCsv } from './csv-table.ts';

type CsvConfig = Extract<DataConfig, { name: 'csv' }>;

/** The table read last: a run asks for its data several times, and so do the other seeds of a file. */
let last: { readonly key: string; readonly table: CsvTable } | undefined;

/** @throws CsvError for a file that cannot be read, or has changed since the config was made */
async function tableOf({ path, label, sha256: expected }: CsvConfig): Promise<CsvTable> {
  const { bytes, sha256 } = await readCsvFile(path);
  if (expected !== '' && expected !== sha256) {
    const reason = `the file changed: its SHA-256 is ${sha256}, expected ${expected}; bring back what it was, or leave out data.sha256 to train on what it is now`;
    throw new CsvError(path, {}, reason);
  }
  const key = `${sha256} ${label}`;
  if (last?.key !== key) last = { key, table: readCsv(decodeCsv(path, bytes), { label, file: path }) };
  return last.table;
}

/**
 * The rows of a CSV file, in an order that `rng` chooses: `holdout` of them to test, at least one, and the others to
 * train on. Where `standardize` is set, both are measured by the mean and deviation of the training rows alone.
 * @throws CsvError for a file that cannot be trained on
 */
export async function csvData(config: CsvConfig, rng: Rng): Promise<{ train: DataSet; test: DataSet }> {
  const table = await tableOf(config);
  const { count } = table;
  const order = shuffled(count, rng.split('holdout'));
  const held = Math.min(count - 1, Math.max(1, Math.round(count * config.holdout)));
  const [test, train] = [rowsOf(table, order.subarray(0, held)), rowsOf(table, order.subarray(held))];
  const seen = new Set(train.labels);
  const lacking = table.classes.findIndex((_, label) => !seen.has(label));
  if (lacking >= 0) {
    const reason = `no row of the class ${JSON.stringify(table.classes[lacking])} is left to train on, as ${held} of ${count} rows are held out; set a smaller data.holdout or another seed, or add rows of it`;
    throw new CsvError(config.path, { column: table.label }, reason);
  }
  if (config.standardize) standardize(train, [train, test]);
  return { train, test };
}

function rowsOf({ x, labels, features, classes }: CsvTable, rows: Int32Array): DataSet {
  const width = features.length;
  const picked = new Float32Array(rows.length * width);
  for (const [row, from] of rows.entries()) picked.set(x.subarray(from * width, (from + 1) * width), row * width);
  return {
    x: picked,
    labels: Int32Array.from(rows, (from) => labels[from] as number),
    count: rows.length,
    features: width,
    shape: [width],
    classes: classes.length,
  };
}

/** Takes the mean of `by` off each feature of `sets` and divides by its standard deviation (that of a population). */
function standardize(by: DataSet, sets: readonly DataSet[]): void {
  for (let feature = 0; feature < by.features; feature++) {
    const { mean, deviation } = spread(by, feature);
    for (const { x, features } of sets) {
      // A feature that is the same in all rows tells nothing: 0, rather than rounding errors made large.
      for (let i = feature; i < x.length; i += features) {
        x[i] = deviation === 0 ? 0 : ((x[i] as number) - mean) / deviation;
      }
    }
  }
}

function spread({ x, features, count }: DataSet, feature: number): { mean: number; deviation: number } {
  let [sum, least, most] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = feature; i < x.length; i += features) {
    const value = x[i] as number;
    sum += value;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const mean = sum / count;
  if (least === most) return { mean, deviation: 0 }; // its sum of squares need not round to 0
  let squares = 0;
  for (let i = feature; i < x.length; i += features) squares += ((x[i] as number) - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / count) };
}
