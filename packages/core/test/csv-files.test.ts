import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { csvData, readCsv } from '../src/data/csv.ts';
import { buildConfig, CsvError, type DataConfig, Rng, trainingStudy } from '../src/index.ts';
import { readCsvFile } from '../src/node/index.ts';

// Public files (fixtures/csv/ORIGIN.md) against what Python's csv module and float() read of them.

interface Answer {
  readonly label: string | null;
  readonly sha256: string;
  readonly rows: number;
  readonly features: readonly string[];
  readonly classes: Readonly<Record<string, number>>;
  /** SHA-256 of the features as doubles, row by row, little-endian. */
  readonly float64: string;
}

const fixtures = fileURLToPath(new URL('./fixtures/', import.meta.url));
const answers = JSON.parse(readFileSync(`${fixtures}csv-files.json`, 'utf8')) as Readonly<Record<string, Answer>>;
const bytesOf = (name: string) => readFileSync(`${fixtures}csv/${name}`);

const unpacked = mkdtempSync(path.join(tmpdir(), 'whorl-csv-files-'));
afterAll(() => rmSync(unpacked, { recursive: true }));

/** Settings without which a file is refused, by its name. */
const HEADERLESS = ['iris-uci.csv', 'digits.csv.gz'];

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function configOf(name: string, values: Readonly<Record<string, unknown>> = {}): Extract<DataConfig, { name: 'csv' }> {
  let file = `${fixtures}csv/${name}`;
  if (name.endsWith('.gz')) {
    file = path.join(unpacked, name.slice(0, -'.gz'.length));
    writeFileSync(file, gunzipSync(bytesOf(name)));
  }
  const config = buildConfig(trainingStudy('spiral').defaults, { 'data.name': 'csv', 'data.path': file, ...values });
  return config.data as Extract<DataConfig, { name: 'csv' }>;
}

async function refusal(name: string, values: Readonly<Record<string, unknown>> = {}): Promise<CsvError> {
  const error = await csvData(configOf(name, values), Rng.of(1), readCsvFile).catch((caught) => caught);
  expect(error).toBeInstanceOf(CsvError);
  return error;
}

describe('public CSV files that are trained on', () => {
  it.each(Object.entries(answers))('%s: every row, class and digit, as Python reads it', async (name, answer) => {
    expect(sha256(bytesOf(name))).toBe(answer.sha256);
    const values = {
      ...(answer.label === null ? {} : { 'data.label': answer.label }),
      ...(HEADERLESS.includes(name) ? { 'data.header': false } : {}),
    };
    const config = configOf(name, values);
    const table = readCsv(readFileSync(config.path, 'utf8'), config);
    expect(table.features).toEqual(answer.features);
    expect(table.count).toBe(answer.rows);
    const counts: Record<string, number> = {};
    for (const label of table.labels) {
      const named = table.classes[label] as string;
      counts[named] = (counts[named] ?? 0) + 1;
    }
    expect(counts).toEqual(answer.classes);
    expect(sha256(new Uint8Array(table.x.buffer))).toBe(answer.float64);

    const { train, test, outline } = await csvData(config, Rng.of(1), readCsvFile);
    expect(train.count + test.count).toBe(answer.rows);
    expect(Object.fromEntries(outline.classes.map(({ name, train, test }) => [name, train + test]))).toEqual(
      answer.classes,
    );
    expect([...train.x, ...test.x].every(Number.isFinite)).toBe(true);
    expect(outline.notes.filter(({ isWarning }) => isWarning)).toEqual([]);
  });
});

describe('public CSV files that are refused: the place, the reason and what to do', () => {
  it.each<[name: string, values: Record<string, unknown>, row: number | null, column: string | null, reason: string]>([
    [
      'iris-uci.csv',
      {},
      1,
      null,
      'the header seems to be missing: every field of the first row but that of the classes',
    ],
    [
      'digits.csv.gz',
      {},
      1,
      null,
      'the header is missing: every field of the first row is a number ("0,0,5,13,9"); put',
    ],
    [
      'modechoice.csv',
      {},
      1,
      null,
      'the fields are separated by semicolons, expected commas; save the file with commas',
    ],
    ['anes96.csv', {}, 1, null, 'the fields are separated by tabs, expected commas; save the file with commas between'],
    [
      'grunfeld.csv',
      {},
      2,
      'firm',
      'expected a number, got "General Motors"; mend it, leave the column out of the file',
    ],
    ['seattle-weather.csv', {}, 2, 'date', 'expected a number, got "2012/01/01"; mend it, leave the column out of the'],
    [
      'heart.csv',
      {},
      null,
      'age',
      'is the class of this row alone, expected at least two rows: one to train on, one to',
    ],
    [
      'fair.csv',
      {},
      null,
      'affairs',
      'is the class number 101, expected at most 100; this looks like a column of numbers',
    ],
  ])('%s %j', async (name, values, row, column, reason) => {
    const error = await refusal(name, values);
    if (row !== null) expect(error.row).toBe(row);
    expect(error.column).toBe(column);
    expect(error.reason).toContain(reason);
  });

  it('digits.csv.gz before it is unpacked', async () => {
    const config = { ...configOf('iris-uci.csv'), path: `${fixtures}csv/digits.csv.gz` };
    await expect(csvData(config, Rng.of(1), readCsvFile)).rejects.toThrow(
      'is compressed with gzip, expected text; unpack it',
    );
  });

  it('seattle-weather.csv is trained on once its dates are left out', async () => {
    const file = path.join(unpacked, 'weather.csv');
    writeFileSync(
      file,
      bytesOf('seattle-weather.csv')
        .toString()
        .replaceAll(/^[^,]*,/gm, ''),
    );
    const { outline } = await csvData({ ...configOf('iris-uci.csv'), path: file }, Rng.of(1), readCsvFile);
    expect([outline.train + outline.test, outline.features]).toEqual([
      1461,
      ['precipitation', 'temp_max', 'temp_min', 'wind'],
    ]);
    expect(outline.classes.map(({ name, train, test }) => [name, train + test])).toEqual([
      ['drizzle', 54],
      ['fog', 411],
      ['rain', 259],
      ['snow', 23],
      ['sun', 714],
    ]);
  });
});
