import type { Rng } from '../random/rng.ts';
import { CsvError } from '../text/errors.ts';
import type { Text } from '../text/text.ts';
import { type CsvTable, readCsv } from './csv-table.ts';
import { decodeCsv } from './csv-text.ts';
import type { DataNote, DataOutline } from './data-outline.ts';
import type { DataSet } from './data-set.ts';
import type { DataSources } from './data-sources.ts';
import { type Collapse, collapseOf, type FeatureScale, narrowed, scaleOf } from './narrowing.ts';
import { shuffled } from './shuffled.ts';

export { readCsv } from './csv-table.ts';

/** Which file, and how it is read and divided; the fields are described in kinds/data/csv.ts. */
interface CsvConfig {
  readonly path: string;
  readonly label: string;
  readonly header?: boolean | undefined;
  readonly holdout: number;
  readonly standardize: boolean;
  readonly sha256: string;
}

/** The table read last: a run asks for its data several times, and so do the other seeds of the same file. */
let last: { readonly key: string; readonly table: CsvTable } | undefined;

/** @throws CsvError for a file that cannot be read, or has changed since the config was made */
async function tableOf(config: CsvConfig, read: DataSources['csv']): Promise<CsvTable> {
  const { path, label, header, sha256: expected } = config;
  const { bytes, sha256 } = await read(path);
  if (expected !== '' && expected !== sha256) {
    const reason = {
      en: `the file changed: its SHA-256 is ${sha256}, expected ${expected}; bring back what it was, or leave out data.sha256 to train on what it is now`,
      zh: `文件变了：它的 SHA-256 是 ${sha256}，应为 ${expected}；请恢复原来的文件，或去掉 data.sha256，用现在的文件训练`,
    };
    throw new CsvError(path, {}, reason);
  }
  const key = JSON.stringify([sha256, label, header]);
  if (last?.key !== key) last = { key, table: readCsv(decodeCsv(path, bytes), { label, header, file: path }) };
  return last.table;
}

/**
 * The rows of a CSV file in an order chosen by `rng`: a share `holdout` of them, and at least one, is for testing, the
 * others are for training. With `standardize`, both are standardized by the mean and deviation of the training rows
 * alone. All is computed in double precision and narrowed to the single precision in which networks train.
 * @throws CsvError for a file that cannot be trained on
 */
export async function csvData(
  config: CsvConfig,
  rng: Rng,
  read: DataSources['csv'],
): Promise<{ train: DataSet; test: DataSet; outline: DataOutline }> {
  const table = await tableOf(config, read);
  const { count, classes, features } = table;
  const order = shuffled(count, rng.split('holdout'));
  const held = Math.min(count - 1, Math.max(1, Math.round(count * config.holdout)));
  const parts = { test: order.subarray(0, held), train: order.subarray(held) };
  const labels = { test: labelsOf(table, parts.test), train: labelsOf(table, parts.train) };
  const trained = countsOf(labels.train, classes.length);
  const lacking = trained.indexOf(0);
  if (lacking >= 0) {
    const name = JSON.stringify(classes[lacking]);
    const reason = {
      en: `no row of the class ${name} is left to train on, as ${held} of ${count} rows are held out; set a smaller data.holdout or another seed, or add rows of it`,
      zh: `${count} 行中有 ${held} 行留作测试，类别 ${name} 没有剩下可训练的行；请减小 data.holdout、换一个种子，或补充这个类别的行`,
    };
    throw new CsvError(config.path, { column: table.label }, reason);
  }
  const { x, notes } = featuresOf(table, { ...parts, all: order }, config);
  const set = (part: 'train' | 'test'): DataSet => ({
    x: x[part],
    labels: labels[part],
    count: parts[part].length,
    features: features.length,
    shape: [features.length],
    classes: classes.length,
  });
  const tested = countsOf(labels.test, classes.length);
  const outline: DataOutline = {
    train: count - held,
    test: held,
    features,
    label: table.label,
    classes: classes.map((name, i) => ({ name, train: trained[i] as number, test: tested[i] as number })),
    notes: [...table.notes, ...notes],
  };
  return { train: set('train'), test: set('test'), outline };
}

const labelsOf = ({ labels }: CsvTable, rows: Int32Array): Int32Array =>
  Int32Array.from(rows, (row) => labels[row] as number);

function countsOf(labels: Int32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label] = (counts[label] as number) + 1;
  return counts;
}

/**
 * The features of both parts in single precision, with a note on each column of which this loses something.
 * @throws CsvError for a number that single precision cannot hold
 */
function featuresOf(
  table: CsvTable,
  parts: { readonly train: Int32Array; readonly test: Int32Array; readonly all: Int32Array },
  { path, standardize }: CsvConfig,
): { x: { train: Float32Array; test: Float32Array }; notes: DataNote[] } {
  const width = table.features.length;
  const x = {
    train: new Float32Array(parts.train.length * width),
    test: new Float32Array(parts.test.length * width),
  };
  const notes: DataNote[] = [];
  const column = (rows: Int32Array, feature: number) => {
    const values = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) values[i] = table.x[(rows[i] as number) * width + feature] as number;
    return values;
  };
  for (const [feature, name] of table.features.entries()) {
    const values = { train: column(parts.train, feature), test: column(parts.test, feature) };
    const scale: FeatureScale | null = standardize ? scaleOf(values.train) : null;
    for (const part of ['train', 'test'] as const) {
      for (let row = 0; row < values[part].length; row++) {
        const value = values[part][row] as number;
        const single = narrowed(value, scale);
        if (!Number.isFinite(single)) {
          const reason = {
            en: `${value} is further from the rows that are trained on than single precision holds; give the column in another unit, or leave the row out`,
            zh: `${value} 离用于训练的行太远，超出单精度的范围；请给这一列换一个单位，或去掉这一行`,
          };
          throw new CsvError(path, { column: name }, reason);
        }
        x[part][row * width + feature] = single;
      }
    }
    const collapse = collapseOf(column(parts.all, feature), scale);
    if (collapse) notes.push({ isWarning: true, said: collapseNote(name, collapse, standardize) });
  }
  return { x, notes };
}

function collapseNote(name: string, { before, after, example: [one, other] }: Collapse, standardize: boolean): Text {
  const todo = standardize
    ? {
        en: 'give the differences that matter a column of their own, or leave out the rows that lie far from all others',
        zh: '请把要紧的差别单独列为一列，或去掉离其他行很远的行',
      }
    : {
        en: 'leave out data.standardize=false, or subtract the same number from all of the column',
        zh: '请去掉 data.standardize=false，或把整列减去同一个数',
      };
  return {
    en: `column ${JSON.stringify(name)}: its ${before} different values become ${after} in the single precision in which networks train (${one} and ${other} are then equal); ${todo.en}`,
    zh: `列 ${JSON.stringify(name)}：它的 ${before} 个不同的值在训练所用的单精度中变成 ${after} 个（例如 ${one} 与 ${other} 变得相等）；${todo.zh}`,
  };
}
