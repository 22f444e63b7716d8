import { describe, expect, it } from 'vitest';
import { type FilePosition, type FormatReader, METRICS_CSV, METRICS_JSON_LINES } from '../src/index.ts';
import { numberOfText, timeOf } from '../src/tables/number-text.ts';
import { expectSameHoweverCut, fixture, fixtureJson, readCut, readWhole, real } from './reading.ts';

type Points = readonly (readonly [step: number, value: number | string, time: number | null])[];
/** What pandas and json read of a file. */
const truths = fixtureJson('tables.json') as Readonly<Record<string, Readonly<Record<string, Points>>>>;
const READERS = [METRICS_CSV, METRICS_JSON_LINES] as readonly FormatReader<FilePosition>[];
const bytesOf = (name: string) => fixture('tables', name);
const encode = (text: string) => new TextEncoder().encode(text);

describe.each(Object.entries(truths))('a table: %s', (name, truth) => {
  const bytes = bytesOf(name);
  const reader = READERS.find(({ format }) => name.endsWith(format)) as FormatReader<FilePosition>;
  const read = readWhole(reader, bytes);

  it('is recognised by its bytes', () => {
    expect(READERS.filter((candidate) => candidate.recognises(bytes)).map(({ format }) => format)).toEqual([
      reader.format,
    ]);
  });

  it('has the points that Python reads', () => {
    expect(read.damage).toEqual([]);
    expect(read.position.offset).toBe(bytes.length);
    const found = [...read.points].map(([key, { steps, values, times }]) => [
      key,
      steps.map((step, i) => [step, values[i], times[i]]),
    ]);
    const expected = Object.entries(truth).map(([key, points]) => [
      `\n${key}`,
      points.map(([step, value, time]) => [step, real(value), time ?? Number.NaN]),
    ]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  });

  it('gives the same however it is cut', () => {
    expectSameHoweverCut(reader, bytes);
    expectSameHoweverCut(reader, bytes.slice(0, -1));
  });
});

describe('CSV', () => {
  it('with a point a row has the points of each run', () => {
    const { points } = readWhole(METRICS_CSV, bytesOf('long.csv'));
    expect([...points.keys()]).toEqual(['a\nepoch', 'a\nloss', 'b\nloss', 'b\nval/acc']);
    expect(points.get('b\nloss')).toMatchObject({ steps: [2.5, 1], values: [Number.NEGATIVE_INFINITY, 5e-324] });
  });

  it('counts texts as unread', () => {
    expect(readWhole(METRICS_CSV, bytesOf('pandas.csv')).unread).toEqual(new Map([['\ntext', 3]]));
  });

  it.each([
    ['iris', 'sepal,petal,species\n5.1,1.4,setosa\n'],
    ['numbers without names', '1,2\n3,4\n'],
    ['names alone', 'step,loss\n'],
    ['bytes', 'step,loss\n1,\u00002\n'],
    ['nothing', ''],
  ])('that is no table of metrics is not recognised: %s', (_, text) => {
    expect(METRICS_CSV.recognises(encode(text), true)).toBe(false);
  });

  it('without steps is refused, and stays unread', () => {
    const { damage, position } = readWhole(METRICS_CSV, encode('sepal,petal\n1,2\n'));
    expect(damage).toEqual([
      { offset: 0, reason: expect.objectContaining({ en: expect.stringContaining('no column of steps') }) },
    ]);
    expect(position.offset).toBe(0);
  });

  it('leaves out a row of another length, and names it', () => {
    const { damage, points } = readWhole(METRICS_CSV, encode('step,loss\n1,2\n2\n3,4,5\n4,"5"x\n5,6\n'));
    expect(damage.map(({ offset, reason }) => [offset, reason.en.slice(0, 20)])).toEqual([
      [14, 'a row has 1 cells, e'],
      [16, 'a row has 3 cells, e'],
      [22, 'the quotes of a row '],
    ]);
    expect(points.get('\nloss')).toMatchObject({ steps: [1, 5], values: [2, 6] });
  });

  it('reads a last row without a line end once, and says where it went on', () => {
    const text = encode('step,loss\n1,2\n2,3');
    const taken = METRICS_CSV.read(text, METRICS_CSV.start, true);
    expect(taken.position).toMatchObject({ offset: text.length, isOpen: true });
    // Only the line end was missing.
    const ended = METRICS_CSV.read(encode('\n3,4\n'), taken.position);
    expect(ended.damage).toEqual([]);
    expect(ended.news).toMatchObject([{ steps: [3], values: [4] }]);
    const grown = METRICS_CSV.read(encode('5\n3,4\n'), taken.position);
    expect(grown.damage).toMatchObject([{ offset: text.length }]);
    expect(grown.news).toMatchObject([{ steps: [3], values: [4] }]);
    // Nobody said that no more will come.
    expect(METRICS_CSV.read(text, METRICS_CSV.start).position.offset).toBe(14);
  });

  it('has a metric of what is called time and is none', () => {
    const { points } = readWhole(METRICS_CSV, encode('step,time,loss\n1,12.5,1\n2,13.5,1\n'));
    expect(points.get('\ntime')?.values).toEqual([12.5, 13.5]);
  });
});

describe('JSON Lines', () => {
  it('leave out a line that is no object, and name it', () => {
    const { damage, points } = readWhole(
      METRICS_JSON_LINES,
      encode('{"step":1,"a":{"b":2,"c":true}}\n[1]\n{"step":2,\n{"a.b":3}\n'),
    );
    expect(damage.map(({ offset }) => offset)).toEqual([32, 36]);
    expect(points.get('\na.b')).toMatchObject({ steps: [1, 3], values: [2, 3] });
    expect(points.get('\na.c')?.values).toEqual([1]);
  });

  it('wait for the rest of a line', () => {
    const { damage, position } = readCut(METRICS_JSON_LINES, encode('{"step":1,"a":1}\n{"step":2,"a'), [29]);
    expect(damage).toEqual([]);
    expect(position.offset).toBe(17);
  });

  it('of anything but metrics are not recognised', () => {
    for (const text of ['{"text":"a","label":1}\n', '[1]\n', '{"step":1}\n', 'no\n'])
      expect(METRICS_JSON_LINES.recognises(encode(text))).toBe(false);
  });
});

describe('numbers of texts', () => {
  it('are those that programs write', () => {
    expect(['1', '-1.5', '.5', '5.', '1e-3', '+2E6', 'NaN', '-nan', 'inf', '-Infinity'].map(numberOfText)).toEqual([
      1,
      -1.5,
      0.5,
      5,
      1e-3,
      2e6,
      Number.NaN,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ]);
    expect(['', 'x', '1,5', '0x10', '1 2', 'constructor'].map(numberOfText)).toEqual(Array(6).fill(undefined));
  });

  it('are times where they are long enough ago, in any unit', () => {
    const time = 1_700_000_000_500;
    expect([1_700_000_000.5, time, time * 1000, time * 1e6, '2023-11-14T22:13:20.500Z'].map(timeOf)).toEqual(
      Array(5).fill(time),
    );
    expect([12.5, Number.NaN, 'x'].map(timeOf)).toEqual([undefined, undefined, undefined]);
  });
});
