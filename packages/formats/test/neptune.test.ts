import { describe, expect, it } from 'vitest';
import { type FilePosition, NEPTUNE_PARQUET, recogniseFile, type SourceNews } from '../src/index.ts';
import { fixture, fixtureJson, real } from './reading.ts';

type Points = readonly (readonly [step: number, value: number | string, time: number])[];
/** What pyarrow reads of the table. */
const truth = fixtureJson('neptune-tables.json') as Readonly<Record<string, Readonly<Record<string, Points>>>>;
const bytes = fixture('neptune-tables', 'runs_part_0.parquet');

/** All that a file says, part by part, with where each part ended. */
async function readAll(file: Uint8Array) {
  const news: SourceNews[] = [];
  const ends: number[] = [];
  let position: FilePosition = NEPTUNE_PARQUET.start;
  while (position.offset < file.length) {
    const reading = await NEPTUNE_PARQUET.read(file, JSON.parse(JSON.stringify(position)) as FilePosition);
    if (reading.position.offset === position.offset) return { news, ends, damage: reading.damage };
    news.push(...reading.news);
    position = reading.position;
    ends.push(position.offset);
  }
  return { news, ends, damage: [] };
}

describe("a table of neptune-exporter's", () => {
  it('is recognised by its bytes', () => {
    expect(recogniseFile(bytes, true)).toBe(NEPTUNE_PARQUET);
    expect(NEPTUNE_PARQUET.recognises(bytes.subarray(1))).toBe(false);
  });

  it('has the points that pyarrow reads, group of rows by group of rows', async () => {
    const { news, ends } = await readAll(bytes);
    expect(ends).toHaveLength(2);
    const points = news.flatMap((one) => (one.kind === 'points' ? [one] : []));
    expect(points.map(({ run, key }) => [run, key])).toEqual(
      Object.entries(truth).flatMap(([run, keys]) => Object.keys(keys).map((key) => [run, key])),
    );
    for (const { run, key, steps, values, times } of points)
      expect(steps.map((step, i) => [step, values[i], times[i]])).toEqual(
        truth[run]?.[key]?.map(([step, value, time]) => [step, real(value), time]),
      );
  });

  it('has params, names, tags, facts and histograms, and counts what is not read', async () => {
    const { news } = await readAll(bytes);
    const mine = news.filter(({ run }) => run === 'lab/p/R-1');
    const said = mine.filter((one) => one.kind === 'run');
    expect(Object.assign({}, ...said.map(({ params }) => params))).toEqual({
      lr: '0.1',
      seed: '4611686018427387905',
      模型: '值',
      flag: 'true',
    });
    expect(said).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'name of R-1' }),
        expect.objectContaining({ startedAt: 1_700_000_000_500 }),
        expect.objectContaining({ tags: { a: '', 二: '' } }),
        expect.objectContaining({ facts: { user: 'student' } }),
      ]),
    );
    const [histogram] = mine.flatMap((one) => (one.kind === 'media' ? [one] : []));
    expect(histogram).toMatchObject({ what: 'histogram', key: 'weights', step: 3 });
    expect(JSON.parse(Buffer.from(histogram?.body as Uint8Array).toString())).toEqual({
      edges: [0, 1, 2.5],
      counts: [3, 4],
    });
    expect(mine.filter(({ kind }) => kind === 'unread')).toEqual([
      { kind: 'unread', run: 'lab/p/R-1', what: 'string_series', count: 1 },
    ]);
  });

  it('that is cut or of other columns is named, and nothing is read of it', async () => {
    const cut = await readAll(bytes.slice(0, -10));
    expect(cut).toMatchObject({ news: [], damage: [{ offset: 0 }] });
    const other = bytes.slice();
    // The name of a column, at the end of the file, where the table says what it has.
    const at = Buffer.from(other).lastIndexOf('attribute_path');
    for (
      let i = Buffer.from(other).indexOf('attribute_path');
      i >= 0 && i <= at;
      i = Buffer.from(other).indexOf('attribute_path', i)
    )
      other[i] = 0x62;
    expect((await readAll(other)).damage[0]?.reason.en).toContain('has not the columns');
  });
});
