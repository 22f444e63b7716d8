import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { csvData, readCsv } from '../src/data/csv.ts';
import { buildConfig, CsvError, type DataConfig, type DataNote, isPlanar, Rng, trainingStudy } from '../src/index.ts';
import { drawData, readCsvFile } from '../src/node/index.ts';
import { expectChinese } from './expect-chinese.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'whorl-csv-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function write(content: string | Uint8Array): string {
  files += 1;
  const file = path.join(folder, `${files}.csv`);
  writeFileSync(file, content);
  return file;
}

type CsvConfig = Extract<DataConfig, { name: 'csv' }>;
const configOf = (file: string, values: Record<string, unknown> = {}): CsvConfig => {
  const named = Object.fromEntries(Object.entries(values).map(([key, value]) => [`data.${key}`, value]));
  return buildConfig(trainingStudy('spiral').defaults, { 'data.name': 'csv', 'data.path': file, ...named })
    .data as CsvConfig;
};
const load = (content: string | Uint8Array, values?: Record<string, unknown>, seed = 1) =>
  csvData(configOf(write(content), values), Rng.of(seed), readCsvFile);

/** The error that `work` ends in. */
async function fault(work: () => unknown): Promise<CsvError> {
  try {
    await work();
  } catch (error) {
    expect(error).toBeInstanceOf(CsvError);
    expectChinese((error as CsvError).said);
    return error as CsvError;
  }
  throw new Error('nothing was thrown');
}

/** What is said of a file in English, warnings and what is none. */
const noted = (notes: readonly DataNote[], isWarning: boolean) =>
  notes.filter((note) => note.isWarning === isWarning).map(({ said }) => said.en);

/** Node 20 writes no zstd: the four bytes that each of its files begins with do. */
const zstdOf = (text: string) => Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), Buffer.from(text)]);

const GOOD = 'a,b,kind\n1,2,x\n3,4,y\n5,6,x\n7,8,y\n';

describe('a CSV that is read', () => {
  it('gives numbers row by row, and classes in the order of their names', () => {
    expect(readCsv('a,b,kind\n1,2,y\n3,4,x\n5,6,y\n7,8,x\n', { label: '' })).toEqual({
      features: ['a', 'b'],
      label: 'kind',
      classes: ['x', 'y'],
      x: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8),
      labels: Int32Array.of(1, 0, 1, 0),
      count: 4,
      notes: [],
    });
  });

  it('takes its classes from any column', () => {
    const table = readCsv('a,kind,b\n1,x,2\n3,y,4\n5,x,6\n7,y,8\n', { label: 'kind' });
    expect(table).toMatchObject({ features: ['a', 'b'], label: 'kind', x: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8) });
    expect(readCsv('k,a\n1,5\n1,6\n0,7\n0,8', { label: ' k ' })).toMatchObject({ classes: ['0', '1'] });
  });

  it.each([
    ['a byte order mark', `\ufeff${GOOD}`],
    ['CRLF', GOOD.replaceAll('\n', '\r\n')],
    ['line ends of two kinds', GOOD.replace('\n', '\r\n')],
    ['no line end after the last row', GOOD.trimEnd()],
    ['blank lines after the last row', `${GOOD}\n\r\n  \n\n`],
    ['every field in quotes', GOOD.replaceAll(/[^,\n]+/g, '"$&"')],
    ['space around fields, and around quotes', GOOD.replaceAll(/[^,\n]+/g, ' "$&"\t')],
  ])('may have %s', (_, text) => {
    expect(readCsv(text)).toEqual(readCsv(GOOD));
  });

  it('may have commas, line ends and quotes in quoted fields', () => {
    const text = 'a,"the ""kind"", or\nclass"\n1,"x, y"\n2,"x, y"\n3,"two\r\nlines"\n4,"two\r\nlines"\n';
    expect(readCsv(text)).toMatchObject({ label: 'the "kind", or\nclass', classes: ['two\r\nlines', 'x, y'] });
  });

  it('takes decimal numbers of every spelling', () => {
    const numbers = ['1', '-1.5', '.5', '1e-3', '+2', '3.', '1E+2', '-0', '007', '1e-999'];
    const { x } = readCsv(`a,k\n${numbers.map((text, i) => `${text},${i % 2}`).join('\n')}`);
    expect(x).toEqual(Float64Array.of(1, -1.5, 0.5, 0.001, 2, 3, 100, -0, 7, 0));
  });

  it('has a hundred classes at most, and many rows', () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `${i},${-i},${i % 100}`);
    const table = readCsv(`a,b,k\n${rows.join('\n')}`);
    expect([table.count, table.classes.length, table.x.length]).toEqual([20_000, 100, 40_000]);
    expect(table.x.subarray(-2)).toEqual(Float64Array.of(19_999, -19_999));
    expect(table.classes[table.labels[1234] as number]).toBe('34');
  });
});

describe('a CSV that is refused: the row, the column, the reason and what to do', () => {
  const many = Array.from({ length: 101 }, (_, i) => `1,${i + 0.5}`).join('\n');

  it.each<[kind: string, text: string, row: number | null, column: string | number | null, reason: string]>([
    ['empty', '', null, null, 'the file is empty; expected a header row and rows below it'],
    ['blank lines alone', '\n \n', null, null, 'the file is empty; expected a header row and rows below it'],
    ['a header alone', 'a,b\n', 1, null, 'no row follows the header; expected at least two of each class'],
    [
      'no header',
      '1,2\n3,4\n',
      1,
      null,
      'the header is missing: every field of the first row is a number ("1,2"); put a row with the columns\' names above, or set data.header=false where it is a row (the columns are then called "column 1" to "column 2"), or data.header=true where these are names',
    ],
    [
      'no header, and words for classes',
      '5.1,3.5,Iris-setosa\n4.9,3.0,Iris-setosa\n7.0,3.2,Iris-versicolor\n6.4,3.2,Iris-versicolor\n',
      1,
      null,
      'the header seems to be missing: every field of the first row but that of the classes is a number ("5.1,3.5,Iris-setosa"); set data.header=false where it is a row (the columns are then called "column 1" to "column 3"), or data.header=true where these are names',
    ],
    ['no header, and a value missing', '63,?,x\n67,3,x\n', 1, null, 'the header seems to be missing: every field'],
    [
      'one column',
      'a\n1\n2\n',
      1,
      'a',
      'is the only column; expected at least one feature and a column of classes, separated by commas',
    ],
    [
      'semicolons',
      'a;b\n1;2\n',
      1,
      null,
      'the fields are separated by semicolons, expected commas; save the file with commas between fields and points in numbers (1.5)',
    ],
    ['semicolons, without a header', '1;2\n3;4\n', 1, null, 'the fields are separated by semicolons, expected commas;'],
    ['spaces', 'a  b k\n1  2 x\n', 1, null, 'the fields are separated by spaces, expected commas;'],
    ['bars', 'a|b\n1|2\n', 1, null, 'the fields are separated by bars, expected commas;'],
    ['tabs', 'a\tb\n1\t2\n', 1, null, 'the fields are separated by tabs, expected commas;'],
    ['a name twice', 'a,b, a\n1,2,x\n', 1, 'a', 'columns 1 and 3 both have this name; rename one'],
    ['a column without a name', 'a,,k\n1,2,x\n', 1, 2, 'the column has no name; give it one'],
    [
      'too many columns',
      `${Array.from({ length: 10_001 }, (_, i) => `c${i}`)}\n`,
      1,
      null,
      'has 10001 columns, expected at most 10000; leave some out',
    ],
    [
      'a short row',
      'a,b,k\n1,2,x\n3,4\n',
      3,
      'k',
      'the row ends before this column: it has 2 fields, the header 3; fill in what is missing',
    ],
    [
      'a long row',
      'a,k\n1,x\n1,500,x\n',
      3,
      3,
      'the row has 3 fields, the header 2; take out what is too much, or put a field with commas in quotes',
    ],
    [
      'text among numbers',
      'a,b,k\n1,2,x\n3,tall,y\n',
      3,
      'b',
      'expected a number, got "tall"; mend it, leave the column out of the file, or name it with data.label where it holds the classes',
    ],
    ['a missing number', 'a,b,k\n1,,x\n', 2, 'b', 'the value is missing; fill it in, or leave the row out'],
    [
      'a missing number in quotes',
      'a,b,k\n1," ",x\n',
      2,
      'b',
      'the value is missing; fill it in, or leave the row out',
    ],
    ['NaN', 'a,k\n1,x\nNaN,x\n', 3, 'a', 'NaN is no finite number; fill in a value, or leave the row out'],
    ['Infinity', 'a,k\n-Infinity,x\n', 2, 'a', '-Infinity is no finite number; fill in a value, or leave the row out'],
    ['inf', 'a,k\ninf,x\n', 2, 'a', 'inf is no finite number'],
    ['a hexadecimal number', 'a,k\n0x1F,x\n', 2, 'a', '"0x1F" is hexadecimal; write it as a decimal number'],
    [
      'thousands separators',
      'a,k\n"1,234,567.5",x\n',
      2,
      'a',
      '"1,234,567.5" has thousands separators; write 1234567.5',
    ],
    ['a decimal comma', 'a,k\n"1,5",x\n', 2, 'a', '"1,5" has a decimal comma; write 1.5, with a point'],
    [
      'semicolons below the header',
      'a,k\n1;2,x\n',
      2,
      'a',
      'expected a number, got "1;2"; fields are separated by commas',
    ],
    ['a question mark', 'a,k\n?,x\n', 2, 'a', '? stands for a missing value; fill one in, or leave the row out'],
    ['NA', 'a,k\n1,x\nN/A,x\n', 3, 'a', 'N/A stands for a missing value; fill one in, or leave the row out'],
    [
      '2^53 + 1',
      'a,k\n9007199254740992,x\n9007199254740993,x\n',
      3,
      'a',
      '"9007199254740993" has more digits than double precision holds and would be read as 9007199254740992; leave the column out of the file, or subtract the same number from all of it',
    ],
    ['an identifier of 19 digits', 'id,k\n1234567890123456789,x\n', 2, 'id', '"1234567890123456789" has more digits'],
    ['2^53 + 1 in another spelling', 'a,k\n+9007199254740.993E3,x\n', 2, 'a', '"+9007199254740.993E3" has more'],
    ['a fraction', 'a,k\n1/2,x\n', 2, 'a', 'expected a number, got "1/2"'],
    ['an exponent without digits', 'a,k\n1e,x\n', 2, 'a', 'expected a number, got "1e"'],
    ['a point alone', 'a,k\n.,x\n', 2, 'a', 'expected a number, got "."'],
    ['control characters', 'a,k\n\u001b[31m,x\n', 2, 'a', 'expected a number, got "\\u001b[31m"'],
    [
      'a number too large',
      'a,k\n1,x\n3.5e38,x\n',
      3,
      'a',
      '"3.5e38" is larger than single precision holds (3.4e38); give the column in another unit',
    ],
    ['a number of 400 digits', `a,k\n${'9'.repeat(400)},x\n`, 2, 'a', `"${'9'.repeat(40)}…" is larger than single`],
    ['a missing class', 'a,k\n1,x\n2, \n', 3, 'k', 'the class is missing; fill it in, or leave the row out'],
    [
      'one class',
      'a,k\n1,x\n2,x\n',
      null,
      'k',
      'every row has the class "x", expected at least two classes; name the column of the classes with data.label',
    ],
    [
      'a class of one row',
      'a,k\n1,x\n2,x\n3,y\n',
      4,
      'k',
      '"y" is the class of this row alone, expected at least two rows: one to train on, one to test; add rows of it or leave it out, or name another column with data.label',
    ],
    [
      'too many classes',
      `a,k\n${many}\n`,
      102,
      'k',
      '"100.5" is the class number 101, expected at most 100; this looks like a column of numbers that are no classes: name the column of the classes with data.label',
    ],
    [
      'too many names',
      `a,k\n${many.replaceAll('.5', 'x')}\n`,
      102,
      'k',
      '"100x" is the class number 101, expected at most 100; name',
    ],
    [
      'a quote that never closes',
      'a,k\n1,x\n2,"y\n3,z\n',
      3,
      'k',
      'a quote opens here and never closes; close it, or double a quote that is meant as itself ("")',
    ],
    ['a quote that never closes in the header', '"a,k\n1,x\n', 1, 1, 'a quote opens here and never closes'],
    [
      'a quote in the middle of a field',
      'a,k\n1,x\n2,y"z"\n',
      3,
      'k',
      'a quote stands in the middle of the field; put the whole field in quotes and double this one ("")',
    ],
    [
      'text after a closing quote',
      'a,k\n"1"2,x\n',
      2,
      'a',
      'text follows a closing quote; put the whole field in quotes and double the quotes inside ("")',
    ],
    ['a blank line', 'a,k\n1,x\n\n\n2,y\n', 3, null, 'the line is blank and more rows follow; delete it'],
    ['a blank line above the header', '\na,k\n1,x\n', 1, null, 'the line is blank and more rows follow; delete it'],
    ['a fault below fields of two lines', 'a,"k\n2"\n1,"x\r\ny"\nz,x\n', 5, 'a', 'expected a number, got "z"'],
    ['a fault after CR alone', 'a,k\r1,x\rz,x\r', 3, 'a', 'expected a number, got "z"'],
  ])('%s', async (_, text, row, column, reason) => {
    const file = write(text);
    const error = await fault(() => csvData(configOf(file), Rng.of(1), readCsvFile));
    expect({ file: error.file, row: error.row, column: error.column }).toEqual({ file, row, column });
    expect(error.reason).toContain(reason);
    if (reason.includes('; ')) expect(error.reason.startsWith(reason)).toBe(true);
    const place = [file, row === null ? [] : `row ${row}`, column === null ? [] : `column ${JSON.stringify(column)}`];
    expect(error.message).toBe(`${place.flat().join(', ')}: ${error.reason}`);
  });

  it.each<[kind: string, bytes: Uint8Array, row: number | null, reason: string]>([
    [
      'bytes of Latin-1',
      Buffer.from('a,k\n1,x\n2,m\xfcde\n', 'latin1'),
      3,
      'is not valid UTF-8; save the file again as "CSV UTF-8"',
    ],
    ['a character cut off', Buffer.from('a,k\n1,ü').subarray(0, -1), 2, 'is not valid UTF-8'],
    [
      'NUL bytes',
      Buffer.from('a,k\n1,x\n2,\0\n'),
      3,
      'has a NUL byte, expected text: a binary file? Save the data as CSV in UTF-8',
    ],
    ['UTF-16', Buffer.from('\ufeffa,k\n', 'utf16le'), null, 'is UTF-16, expected UTF-8; save it again as "CSV UTF-8"'],
    [
      'a workbook',
      Buffer.from('PK\x03\x04...'),
      null,
      'is an Excel workbook or another zip file, expected text; save the sheet as CSV',
    ],
    [
      'gzip',
      gzipSync(GOOD),
      null,
      'is compressed with gzip, expected text; unpack it (gunzip --keep) and name the file',
    ],
    ['zstd', zstdOf(GOOD), null, 'is compressed with zstd, expected text; unpack it (unzstd)'],
    [
      'bzip2',
      Buffer.from('BZh61AY&SY...'),
      null,
      'is compressed with bzip2, expected text; unpack it (bunzip2 --keep)',
    ],
    [
      'xz',
      Buffer.from('\xfd7zXZ\0...', 'latin1'),
      null,
      'is compressed with xz, expected text; unpack it (unxz --keep)',
    ],
    ['7z', Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1'), null, 'is a 7z archive, expected text; unpack it (7z x)'],
    ['xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), null, 'is an Excel workbook (xls), expected text; save the sheet'],
    [
      'Parquet',
      Buffer.from('PAR1...'),
      null,
      'is Parquet, expected text; save it as CSV, with pandas: pandas.read_parq',
    ],
    ['Arrow', Buffer.from('ARROW1\0\0'), null, 'is an Arrow (Feather) file, expected text; save it as CSV'],
    ['HDF5', Buffer.from('\x89HDF\r\n\x1a\n', 'latin1'), null, 'is HDF5, expected text; save it as CSV'],
    ['npy', Buffer.from('\x93NUMPY\x01\0', 'latin1'), null, 'is a NumPy array (npy), expected text; save it as CSV'],
    ['SQLite', Buffer.from('SQLite format 3\0'), null, 'is an SQLite database, expected text; export the table as CSV'],
  ])('%s', async (_, bytes, row, reason) => {
    const error = await fault(() => load(bytes));
    expect([error.row, error.column]).toEqual([row, null]);
    expect(error.reason).toContain(reason);
  });

  it('a column of classes that is not there: the nearest is named', async () => {
    const error = await fault(() => load(GOOD, { label: 'knid' }));
    expect([error.row, error.column]).toEqual([1, 'knid']);
    expect(error.reason).toBe('data.label names no column. Did you mean "kind"? Allowed: a, b, kind');
  });

  it('a file that is not there, is a folder, is none or is too large', async () => {
    const below = path.join(folder, 'folder');
    mkdirSync(below);
    const large = write('a,k\n');
    truncateSync(large, 100e6 + 1);
    for (const [file, reason] of [
      [path.join(folder, 'none.csv'), 'there is no such file; check data.path'],
      [path.join(write(''), 'below'), 'there is no such file; check data.path'],
      [below, 'is a directory; name a CSV file in it with data.path'],
      ['/dev/null', 'is not a regular file; save the data as a CSV file'],
      [large, 'has 100.0 MB, at most 100 MB are read; train on a sample of its rows'],
      ['a\0b', 'cannot be read (ERR_INVALID_ARG_VALUE); check data.path'],
    ] as const) {
      const error = await fault(() => csvData(configOf(file), Rng.of(1), readCsvFile));
      expect([error.file, error.row, error.column, error.reason]).toEqual([file, null, null, reason]);
    }
  });

  it('a file that changed', async () => {
    const file = write(GOOD);
    const sha256 = createHash('sha256').update(GOOD).digest('hex');
    expect((await csvData(configOf(file, { sha256 }), Rng.of(1), readCsvFile)).train.count).toBe(3);
    writeFileSync(file, `${GOOD}9,9,x\n`);
    const error = await fault(() => csvData(configOf(file, { sha256 }), Rng.of(1), readCsvFile));
    expect(error.reason).toMatch(/^the file changed: its SHA-256 is [0-9a-f]{64}, expected [0-9a-f]{64}; bring back/);
    expect((await csvData(configOf(file), Rng.of(1), readCsvFile)).train.count).toBe(4);
  });

  it('a class whose rows are all held out', async () => {
    const error = await fault(() => load(GOOD, { holdout: 0.9 }));
    expect([error.row, error.column]).toEqual([null, 'kind']);
    expect(error.reason).toMatch(/^no row of the class "[xy]" is left to train on, as 3 of 4 rows are held out; set a/);
  });
});

describe('a CSV without a header', () => {
  const bare = '5.1,3.5,setosa\n4.9,3.0,setosa\n7.0,3.2,versicolor\n6.4,3.2,versicolor\n';

  it('is taken with data.header=false: no row is lost, columns are called by their places', () => {
    expect(readCsv(bare, { header: false })).toMatchObject({
      features: ['column 1', 'column 2'],
      label: 'column 3',
      classes: ['setosa', 'versicolor'],
      count: 4,
      x: Float64Array.of(5.1, 3.5, 4.9, 3, 7, 3.2, 6.4, 3.2),
    });
    expect(readCsv('1,0.5\n1,0.6\n2,0.7\n2,0.8\n', { header: false, label: 'column 1' })).toMatchObject({
      features: ['column 2'],
      classes: ['1', '2'],
      count: 4,
    });
  });

  it('has numbers for names where data.header=true says so, as pandas writes them', () => {
    const text = '0,1,target\n5,6,x\n7,8,x\n1,2,y\n3,4,y\n';
    expect(readCsv(text, { header: true })).toMatchObject({ features: ['0', '1'], label: 'target', count: 4 });
    expect(() => readCsv(text)).toThrow('the header seems to be missing');
    expect(readCsv(text.replaceAll(/^\d/gm, 'a').replaceAll('\na', '\n1'), {}).features).toEqual(['a', '1']);
  });

  it('has no row that could be lost as names where data.label is of no use', async () => {
    for (const label of ['species', 'column 3']) {
      const error = await fault(() => load(bare, { label }));
      expect(error.reason).toContain('the header seems to be missing');
    }
    expect((await load(bare, { header: false, label: 'column 3' })).train.count).toBe(3);
  });
});

describe("scikit-learn's row of counts", () => {
  const counted = '4,2,cat,dog\n1,2,0\n3,4,1\n5,6,0\n7,8,1\n';

  it('names the classes, and is no row and no header', () => {
    const table = readCsv(counted);
    expect(table).toMatchObject({ features: ['column 1', 'column 2'], classes: ['cat', 'dog'], count: 4 });
    expect([...table.labels]).toEqual([0, 1, 0, 1]);
    expect(noted(table.notes, true)).toEqual([]);
    expect(noted(table.notes, false)).toEqual([
      'row 1 is a row of counts, as scikit-learn writes it: 4 rows, 2 features, the classes cat, dog',
    ]);
    for (const { said } of table.notes) expectChinese(said);
  });

  it.each([
    ['a row less than it says', counted.replace('7,8,1\n', ''), 1, null, 'says that 4 rows follow, and 3 do; mend'],
    ['a class that it does not name', counted.replace('8,1', '8,2'), 5, 'column 3', '"2" is none of the places 0 to 1'],
  ])('is held to what it says: %s', async (_, text, row, column, reason) => {
    const error = await fault(() => load(text));
    expect([error.row, error.column]).toEqual([row, column]);
    expect(error.reason).toContain(reason);
  });

  it('is a header where the rows are of another width', () => {
    expect(readCsv('4,2,cat,dog\n1,2,3,x\n1,2,4,x\n1,2,5,y\n1,2,6,y\n')).toMatchObject({
      features: ['4', '2', 'cat'],
      label: 'dog',
      notes: [],
    });
  });
});

describe('classes that differ only in spelling', () => {
  const withClasses = (...names: string[]) =>
    `a,k\n${names.flatMap((name, i) => [`${i},${name}`, `${i + 0.5},${name}`]).join('\n')}\n`;

  it.each([
    ['1 and 1.0', ['1', '2', '1.0'], '"1.0"', '"1"'],
    ['1 and 01', ['01', '1'], '"1"', '"01"'],
    ['0 and -0', ['0', '-0'], '"-0"', '"0"'],
    ['NFC and NFD', ['caf\u00e9', 'cafe\u0301'], '"cafe\\u0301"', '"caf\\u00e9"'],
    ['a no-break space', ['New York', 'New\u00a0York'], '"New\\u00a0York"', '"New York"'],
    ['a zero-width space', ['yes', 'yes\u200b', 'no'], '"yes\\u200b"', '"yes"'],
    ['two spaces', ['New York', 'New  York'], '"New  York"', '"New York"'],
  ])('are refused: %s', async (_, names, one, other) => {
    const error = await fault(() => load(withClasses(...names)));
    expect([error.row, error.column]).toEqual([
      2 + 2 * names.indexOf(names.at(-1) === 'no' ? (names[1] as string) : (names.at(-1) as string)),
      'k',
    ]);
    expect(error.reason).toBe(`the class ${one} is ${other} of row 2 in another spelling; write both alike`);
  });

  it('in case alone are listed, and trained as two: genotypes are AA, Aa and aa', async () => {
    const { outline } = await load(withClasses('Yes', 'yes'), { holdout: 0.25 });
    expect(outline.classes.map(({ name }) => name)).toEqual(['Yes', 'yes']);
    expect(noted(outline.notes, true)).toEqual([
      'the classes "Yes" (row 2) and "yes" (row 4) differ in nothing but case or width; they are two classes here: write them alike if they are one',
    ]);
  });

  it('are no matter where they are other words', () => {
    expect(readCsv(withClasses('1', '1.5', '10', 'one', 'b c', 'bc')).notes).toEqual([]);
  });

  it('do not hide a column from its name', () => {
    const text = 'caf\u00e9,a\nx,1\nx,2\ny,3\ny,4\n';
    expect(readCsv(text, { label: 'cafe\u0301' }).features).toEqual(['a']);
    expect(() => readCsv('caf\u00e9,cafe\u0301,k\n1,2,x\n')).toThrow('columns 1 and 2 both have this name');
  });
});

describe('the digits of a CSV', () => {
  /** Two kinds that take turns every 50 of 1,000 numbers from `start` on. */
  const counting = (start: number) =>
    `t,k\n${Array.from({ length: 1000 }, (_, i) => `${start + i},${Math.floor(i / 50) % 2}`).join('\n')}\n`;

  it('t = 1700000000 + i trains as t = i does', async () => {
    const [far, near] = [await load(counting(1_700_000_000)), await load(counting(0))];
    expect(far.train.x).toEqual(near.train.x);
    expect(far.test.x).toEqual(near.test.x);
    expect(new Set(far.train.x).size).toBe(800);
    expect(far.outline.notes).toEqual([]);
  });

  it('20230101 and 20230102 stay apart', async () => {
    const days = Array.from({ length: 20 }, (_, i) => `${20230101 + i},${i % 2}`);
    const { train, test, outline } = await load(`day,k\n${days.join('\n')}\n`);
    expect(new Set([...train.x, ...test.x]).size).toBe(20);
    expect(outline.notes).toEqual([]);
  });

  it('that single precision loses without standardization are told of, with what to do', async () => {
    const { outline } = await load(counting(1_700_000_000), { standardize: false });
    expect(noted(outline.notes, true)).toEqual([
      'column "t": its 1000 different values become 9 in the single precision in which networks train (1700000000 and 1700000001 are then equal); leave out data.standardize=false, or subtract the same number from all of the column',
    ]);
    expect((await load(counting(0), { standardize: false })).outline.notes).toEqual([]);
  });

  it('that it loses although they are standardized, too', async () => {
    const { outline } = await load('a,k\n0,x\n1e-9,x\n1000000,y\n2000000,y\n3000000,x\n');
    expect(noted(outline.notes, true)).toEqual([
      'column "a": its 5 different values become 4 in the single precision in which networks train (0 and 1e-9 are then equal); give the differences that matter a column of their own, or leave out the rows that lie far from all others',
    ]);
  });

  it('that double precision loses of a fraction are told of', () => {
    const { notes, x } = readCsv(
      'a,b,k\n0.1234567890123456789,1e-999,x\n0.30000000000000004,1e-320,x\n1,0,y\n0.12345678901234567891,0,y\n',
    );
    expect(noted(notes, true)).toEqual([
      'column "a": "0.1234567890123456789" in row 2 has more digits than double precision holds and is read as 0.12345678901234568, and 1 more of the column',
      'column "b": "1e-999" in row 2 has more digits than double precision holds and is read as 0',
    ]);
    expect(notes.map(({ said }) => said.zh)).toEqual([
      '列 "a"：第 2 行的 "0.1234567890123456789" 位数超出双精度，读作 0.12345678901234568；这一列还有 1 个',
      '列 "b"：第 2 行的 "1e-999" 位数超出双精度，读作 0',
    ]);
    expect(x[2]).toBe(0.1 + 0.2);
  });

  it('that a program prints of a double are no more than the double has', () => {
    // As numpy.savetxt, Python's repr and C's %.20f print 0.1, and 2^53 + 2 whole.
    const spellings = ['1.000000000000000056e-01', '0.1', '0.10000000000000000555', '9007199254740994'];
    const table = readCsv(`a,k\n${spellings.map((text, i) => `${text},${i % 2}`).join('\n')}\n`);
    expect(table.notes).toEqual([]);
    expect([...table.x]).toEqual([0.1, 0.1, 0.1, 2 ** 53 + 2]);
  });

  it.each([
    ['all share', [1e15 + 1, 1e15 + 2, 1e15 + 3, 1e15 + 4]],
    ['are tiny', [1e-200, 2e-200, 3e-200, 4e-200]],
    ['are huge', [1e38, 2e38, 3e38, -3e38]],
  ])('are standardized where they %s', async (_, values) => {
    const { train, test } = await load(`a,k\n${[...values, ...values].map((v, i) => `${v},${i % 2}`).join('\n')}\n`, {
      holdout: 0.2,
    });
    const mean = train.x.reduce((sum, value) => sum + value, 0) / train.count;
    expect(mean).toBeCloseTo(0, 6);
    expect(train.x.reduce((sum, value) => sum + value ** 2, 0) / train.count).toBeCloseTo(1, 5);
    expect(new Set([...train.x, ...test.x]).size).toBe(4);
  });

  it('of a test row too far from all training rows are refused', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${i === 7 ? 1e38 : (i % 5) * 1e-30},${i % 2}`);
    const errors = await Promise.all(
      Array.from({ length: 20 }, (_, seed) =>
        load(`a,k\n${rows.join('\n')}\n`, {}, seed).then(
          () => null,
          (error: CsvError) => error,
        ),
      ),
    );
    const refused = errors.filter((error) => error !== null);
    expect(refused.length).toBeGreaterThan(0);
    for (const error of refused) {
      expect(error.column).toBe('a');
      expect(error.reason).toContain('1e+38 is further from the rows that are trained on than single precision holds');
    }
  });
});

describe('the rows of a CSV', () => {
  const rows = Array.from({ length: 50 }, (_, i) => `${i},${1e6 + 0.5 * i},7.7,${i % 3}`);
  const text = `id,far,same,k\n${rows.join('\n')}\n`;
  const column = (data: { x: Float32Array; features: number }, at: number) =>
    [...data.x].filter((_, i) => i % data.features === at);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

  it('are divided, each into one part, in the order of the seed', async () => {
    const { train, test, outline } = await load(text, { standardize: false, holdout: 0.3 });
    expect([train.count, test.count]).toEqual([35, 15]);
    expect(train).toMatchObject({ features: 3, shape: [3], classes: 3 });
    const ids = [...column(train, 0), ...column(test, 0)];
    expect([...ids].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect([...train.labels, ...test.labels]).toEqual(ids.map((id) => id % 3));
    expect(await load(text, { standardize: false, holdout: 0.3 })).toEqual({ train, test, outline });
    const other = await load(text, { standardize: false, holdout: 0.3 }, 2);
    expect(column(other.train, 0)).not.toEqual(column(train, 0));
  });

  it('are held out one at least and all but one at most', async () => {
    const two = 'a,k\n1,x\n2,x\n3,y\n4,y\n';
    expect((await load(two, { holdout: 0.001 })).test.count).toBe(1);
    expect((await fault(() => load(two, { holdout: 0.999 }))).reason).toContain('3 of 4 rows are held out');
  });

  it('are standardized by the training rows alone; a constant column becomes 0', async () => {
    const raw = await load(text, { standardize: false });
    const { train, test } = await load(text);
    for (const at of [0, 1]) {
      const values = column(train, at);
      expect(mean(values)).toBeCloseTo(0, 6);
      expect(mean(values.map((value) => value ** 2))).toBeCloseTo(1, 5);
      const before = column(raw.train, at);
      const deviation = Math.sqrt(mean(before.map((value) => (value - mean(before)) ** 2)));
      const expected = column(raw.test, at).map((value) => Math.fround((value - mean(before)) / deviation));
      for (const [i, value] of column(test, at).entries()) expect(value).toBeCloseTo(expected[i] as number, 5);
    }
    expect([...column(train, 2), ...column(test, 2)].every((value) => value === 0)).toBe(true);
  });

  it('come as the training part where a run asks for its data, and are in no plane', async () => {
    const config = configOf(write(text));
    expect(config).toEqual({ name: 'csv', path: config.path, label: '', holdout: 0.2, standardize: true, sha256: '' });
    const { train } = await csvData(config, Rng.of(3).split('data'), readCsvFile);
    expect((await drawData(config, Rng.of(3))).train).toEqual(train);
    expect([isPlanar('csv'), isPlanar('mnist'), isPlanar('moons')]).toEqual([false, false, true]);
  });
});
