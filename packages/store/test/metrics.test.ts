import { Rng } from '@whorl/core';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ChunkError, decodeChunk, encodeChunk } from '../src/chunk-codec.ts';
import { ColumnCache } from '../src/column-cache.ts';
import { openStore, Recorder, StoreError } from '../src/index.ts';
import { CHUNK_POINTS } from '../src/series-chunks.ts';
import { batch, chunkWithoutSum, startRun, temporaryStore } from './temporary.ts';

const ODD = [Number.NaN, Infinity, -Infinity, -0, 5e-324, Number.MAX_VALUE, 2 ** 53, 0.1];
const rng = Rng.of(11);
const bits = (numbers: ArrayLike<number>) => [...new BigUint64Array(Float64Array.from(Array.from(numbers)).buffer)];

const PLACE = { seriesId: 7, index: 0 };

describe('a metric chunk', () => {
  it('gives back every double to the last bit', () => {
    for (let round = 0; round < 50; round++) {
      const n = Math.floor(rng.uniform(1, 300));
      const column = () =>
        Float64Array.from({ length: n }, () =>
          rng.uniform() < 0.2
            ? (ODD[Math.floor(rng.uniform(0, 8))] as number)
            : rng.normal() * 10 ** rng.uniform(-300, 300),
        );
      const columns = { steps: column(), values: column(), times: column() };
      const back = decodeChunk(encodeChunk(columns, PLACE), PLACE);
      expect(bits(back.steps)).toEqual(bits(columns.steps));
      expect(bits(back.values)).toEqual(bits(columns.values));
      expect(bits(back.times)).toEqual(bits(columns.times));
    }
  });

  it('is read from memory that is not aligned for doubles', () => {
    const columns = {
      steps: Float64Array.of(1, 2),
      values: Float64Array.of(Number.NaN, 0.1),
      times: Float64Array.of(3, 4),
    };
    const bytes = encodeChunk(columns, PLACE);
    const shifted = Buffer.concat([Buffer.alloc(3), bytes]).subarray(3);
    expect(decodeChunk(shifted, PLACE)).toEqual(columns);
  });

  it('refuses bytes that are none', () => {
    expect(() => decodeChunk(Buffer.from([9, 0, 0, 0, 0, 0, 0, 0]), PLACE)).toThrow(/their version is 9, not 3/);
    expect(() => decodeChunk(Buffer.alloc(20, 1), PLACE)).toThrow(/cut to 20 bytes/);
    expect(() => decodeChunk(Buffer.alloc(5, 1), PLACE)).toThrow(/no header/);
  });

  it('bug: whose bits were flipped, or that lies elsewhere than it was written, is refused', () => {
    const columns = { steps: Float64Array.of(1, 2), values: Float64Array.of(0.5, 0.25), times: Float64Array.of(3, 4) };
    const bytes = encodeChunk(columns, PLACE);
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      // Three bytes of the header say nothing.
      if (bit >= 8 && bit < 32) expect(decodeChunk(flipped, PLACE)).toEqual(columns);
      else expect(() => decodeChunk(flipped, PLACE), `bit ${bit}`).toThrow(ChunkError);
    }
    expect(() => decodeChunk(bytes, { ...PLACE, seriesId: 8 })).toThrow('their bytes are not those that were written');
    expect(() => decodeChunk(bytes, { ...PLACE, index: 1 })).toThrow('their bytes are not those that were written');
  });

  it('of before there were checksums is read as it is', () => {
    const columns = { steps: Float64Array.of(1, 2), values: Float64Array.of(0.5, 0.25), times: Float64Array.of(3, 4) };
    expect(decodeChunk(chunkWithoutSum(columns.steps, columns.values, columns.times), PLACE)).toEqual(columns);
  });

  it('of counted steps and times in ms takes half of what doubles take, and gives them back', () => {
    const many = Float64Array.from({ length: 4096 }, (_, i) => i);
    const times = many.map((i) => 1_700_000_000_000 + Math.floor(37.5 * i));
    const bytes = encodeChunk({ steps: many, values: many.map(Math.sin), times }, PLACE);
    expect(bytes.length / 4096).toBeLessThan(10.1);
    const back = decodeChunk(bytes, PLACE);
    expect(bits(back.steps)).toEqual(bits(many));
    expect(bits(back.times)).toEqual(bits(times));
    // Integers of all sizes and signs, and where they cannot be packed.
    for (const limit of [1, 64, 65, 2 ** 31, 2 ** 50, 2 ** 53, 2 ** 60]) {
      const steps = Float64Array.from({ length: 200 }, () => Math.round(rng.uniform(-limit, limit)));
      expect(bits(decodeChunk(encodeChunk({ steps, values: steps, times: steps }, PLACE), PLACE).steps)).toEqual(
        bits(steps),
      );
    }
  });
});

describe('what is held of the series that were read', () => {
  const columns = (count: number) => {
    const column = Float64Array.from({ length: count }, (_, i) => i);
    return { steps: column, values: column, times: column };
  };

  it('is dropped where it is longest unused, as soon as there is more than there may be', () => {
    const cache = new ColumnCache(24 * 25);
    for (const series of ['a', 'b']) cache.set(series, 10, columns(10));
    expect(cache.get('a', 10)?.steps).toHaveLength(10);
    cache.set('c', 10, columns(10));
    expect(['a', 'b', 'c'].map((series) => cache.get(series, 10) !== null)).toEqual([true, false, true]);
    cache.set('d', 100, columns(100));
    expect(['a', 'c', 'd'].map((series) => cache.get(series, 100))).toEqual([null, null, null]);
    cache.set('a', 11, columns(11));
    expect(cache.get('a', 10)).toBeNull();
  });

  it('is not what another process has added to since', async () => {
    const store = await temporaryStore();
    const other = await openStore({ home: store.home });
    const { id } = await startRun(store);
    store.metrics.append(id, [batch('loss', 0, [1, 2, 3])]);
    expect([...store.metrics.read(id, 'loss').values]).toEqual([1, 2, 3]);
    other.metrics.append(id, [batch('loss', 3, [4, 5])]);
    expect([...store.metrics.read(id, 'loss').values]).toEqual([1, 2, 3, 4, 5]);
    expect([...store.metrics.read(id, 'loss', 2).values]).toEqual([3, 4, 5]);
    expect([...store.metrics.read(id, 'loss', 5).values]).toEqual([]);
    await other.close();
  });
});

describe('metrics', () => {
  it('are read in the order in which they were recorded, also where a resumed run went back', async () => {
    const store = await temporaryStore();
    const { id } = await startRun(store);
    const steps = [0, 1, 2, 3, 4, 5, 3, 4, 5, 6, 7];
    const all = {
      key: 'loss',
      offset: 0,
      steps: Float64Array.from(steps),
      values: Float64Array.from(steps, (_, i) => i),
      times: Float64Array.from(steps),
    };
    store.metrics.append(id, [all]);
    for (let at = 0; at < steps.length; at += 4) {
      const part = (column: Float64Array) => column.slice(at, at + 4);
      store.metrics.append(id, [
        { key: 'parts', offset: at, steps: part(all.steps), values: part(all.values), times: part(all.times) },
      ]);
    }
    for (const key of ['loss', 'parts']) {
      expect([...store.metrics.read(id, key).steps]).toEqual(steps);
      expect([...store.metrics.read(id, key, 5).values]).toEqual([5, 6, 7, 8, 9, 10]);
    }
    expect(store.metrics.read(id, 'none').steps).toHaveLength(0);
    expect(store.metrics.examine(id).problems).toEqual([]);
  });

  it('are not doubled by a flush that is sent again, whole or in part', async () => {
    const store = await temporaryStore();
    const { id } = await startRun(store);
    const values = ODD.concat([1, 2, 3]);
    store.metrics.append(id, [batch('loss', 0, values)]);
    store.metrics.append(id, [batch('loss', 0, values)]);
    store.metrics.append(id, [{ ...batch('loss', 6, [...values.slice(6), 4, 5]) }]);
    expect(bits(store.metrics.read(id, 'loss').values)).toEqual(bits([...values, 4, 5]));
    expect(store.metrics.series(id)[0]?.count).toBe(13);
  });

  it('refuse a batch that would leave a gap, and write nothing of it', async () => {
    const store = await temporaryStore();
    const { id } = await startRun(store);
    store.metrics.append(id, [batch('loss', 0, [1, 2])]);
    expect(() => store.metrics.append(id, [batch('accuracy', 0, [1]), batch('loss', 5, [3])])).toThrow(StoreError);
    expect(store.metrics.series(id).map(({ key, count }) => [key, count])).toEqual([['loss', 2]]);
  });

  it('have a summary that says what the points say', async () => {
    const store = await temporaryStore();
    const { id } = await startRun(store);
    const all: number[] = [];
    for (let round = 0; round < 40; round++) {
      const values = Array.from({ length: Math.floor(rng.uniform(1, 40)) }, () =>
        rng.uniform() < 0.1 ? Number.NaN : rng.normal(),
      );
      store.metrics.append(id, [batch('loss', all.length, values)]);
      all.push(...values);
    }
    const numbers = all.filter((value) => !Number.isNaN(value));
    const min = Math.min(...numbers);
    const max = Math.max(...numbers);
    expect(store.metrics.series(id)).toEqual([
      {
        key: 'loss',
        count: all.length,
        lastStep: all.length - 1,
        last: all.at(-1),
        lastTime: 1000 + all.length - 1,
        min,
        minStep: all.indexOf(min),
        max,
        maxStep: all.indexOf(max),
      },
    ]);
  });

  it('show NaN and infinities as themselves', async () => {
    const store = await temporaryStore();
    const { id } = await startRun(store);
    store.metrics.append(id, [
      batch('nan', 0, [Number.NaN]),
      batch('inf', 0, [1, Infinity]),
      batch('low', 0, [-Infinity, Number.NaN]),
    ]);
    const found = Object.fromEntries(store.metrics.series(id).map((series) => [series.key, series]));
    expect(found.nan).toMatchObject({ last: Number.NaN, min: Number.NaN, minStep: null, max: Number.NaN });
    expect(found.inf).toMatchObject({ last: Infinity, min: 1, max: Infinity, maxStep: 1 });
    expect(found.low).toMatchObject({ last: Number.NaN, min: -Infinity, max: -Infinity });
  });

  it('keep every point when small chunks are joined', async () => {
    const store = await temporaryStore();
    const { id } = await startRun(store);
    const n = 2 * CHUNK_POINTS + 100;
    for (let at = 0; at < n; at += 97)
      store.metrics.append(id, [
        batch(
          'loss',
          at,
          Array.from({ length: Math.min(97, n - at) }, () => rng.normal()),
        ),
      ]);
    const before = store.metrics.read(id, 'loss');
    const chunks = () =>
      new Database(store.databaseFile, { readonly: true }).prepare('SELECT count(*) FROM MetricChunk').pluck().get();
    // Each is joined with what is no larger than it as it comes.
    expect(chunks()).toBe(5);
    store.metrics.compact(id);
    expect(chunks()).toBe(3);
    expect(store.metrics.read(id, 'loss')).toEqual(before);
    expect(store.metrics.read(id, 'loss', n - 3).steps).toEqual(before.steps.slice(n - 3));
    expect(store.metrics.read(id, 'loss', n).steps).toHaveLength(0);
    store.metrics.append(id, [batch('loss', n, [7])]);
    expect(store.metrics.read(id, 'loss', n).values).toEqual(Float64Array.of(7));
  });
});

it('points that come one by one lie in few chunks, and are read from another connection meanwhile', async () => {
  const store = await temporaryStore();
  const other = await openStore({ home: store.home });
  const { id } = await startRun(store);
  const database = new Database(store.databaseFile, { readonly: true });
  for (let i = 0; i < 1_500; i++) {
    store.metrics.append(id, [batch('loss', i, [i / 7])]);
    if (i % 97 === 0) expect(other.metrics.read(id, 'loss').values[i]).toBe(i / 7);
  }
  expect(database.prepare('SELECT count(*) FROM MetricChunk').pluck().get()).toBeLessThan(12);
  expect([...other.metrics.read(id, 'loss', 700).steps]).toEqual(Array.from({ length: 800 }, (_, i) => 700 + i));
  expect(store.metrics.examine(id).problems).toEqual([]);
  database.close();
  await other.close();
});

it('metrics are read from any position, across the borders of chunks', async () => {
  const store = await temporaryStore();
  const { id } = await startRun(store);
  const values = Array.from({ length: CHUNK_POINTS + 50 }, () => rng.normal());
  store.metrics.append(id, [batch('loss', 0, values.slice(0, 10)), batch('loss', 10, values.slice(10))]);
  for (const from of [0, 1, 9, 10, 11, CHUNK_POINTS - 1, CHUNK_POINTS, CHUNK_POINTS + 10, values.length - 1]) {
    const { steps, values: found, times } = store.metrics.read(id, 'loss', from);
    expect([steps[0], times[0], steps.length]).toEqual([from, 1000 + from, values.length - from]);
    expect(bits(found)).toEqual(bits(values.slice(from)));
  }
  expect(store.metrics.read(id, 'loss', values.length + 5).steps).toHaveLength(0);
  expect(store.metrics.read(id, 'nothing').steps).toHaveLength(0);
});

describe('the recorder', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  /** A clock that stands still until it is told to go. */
  async function recordedByTheClock() {
    const store = await temporaryStore();
    const { id } = await startRun(store);
    vi.useFakeTimers({ toFake: ['Date', 'performance', 'setInterval', 'clearInterval'] });
    const recorder = new Recorder(store, id);
    const stored = (key = 'loss') => store.metrics.series(id).find((series) => series.key === key)?.count ?? 0;
    return { store, id, recorder, stored };
  }

  it('flushes every metric when one has 500 points', async () => {
    const { recorder, stored } = await recordedByTheClock();
    recorder.log(0, { accuracy: 1 });
    for (let step = 0; step < 499; step++) recorder.log(step, { loss: step });
    expect([stored(), stored('accuracy')]).toEqual([0, 0]);
    recorder.log(499, { loss: 499 });
    expect([stored(), stored('accuracy')]).toEqual([500, 1]);
    for (let step = 500; step < 999; step++) recorder.log(step, { loss: step });
    expect(stored()).toBe(500);
    recorder.close();
    expect(stored()).toBe(999);
  });

  it('flushes what has waited for a second, and says each quarter minute that the run lives', async () => {
    const { store, id, recorder, stored } = await recordedByTheClock();
    const beat = () =>
      new Database(store.databaseFile, { readonly: true })
        .prepare('SELECT heartbeatAt FROM Run WHERE id = ?')
        .pluck()
        .get(id);
    const before = beat();
    recorder.log(0, { loss: 1 });
    vi.advanceTimersByTime(1000);
    expect(stored()).toBe(1);
    vi.advanceTimersByTime(15_000);
    vi.useRealTimers();
    await expect.poll(beat).not.toBe(before);
    recorder.close();
  });

  it('bug: goes on where the clock of the machine is set back an hour, and the times of points go forward', async () => {
    const { store, id, recorder, stored } = await recordedByTheClock();
    recorder.log(0, { loss: 1 });
    vi.advanceTimersByTime(1000);
    vi.setSystemTime(Date.now() - 3_600_000);
    recorder.log(1, { loss: 1 });
    vi.advanceTimersByTime(2000);
    expect(stored()).toBe(2);
    const [first = 0, second = 0] = store.metrics.read(id, 'loss').times;
    expect(second - first).toBe(1000);
    vi.useRealTimers();
    recorder.close();
  });

  it('abandoned, stores the rest where it can and says nothing where it cannot', async () => {
    const { recorder, stored, store } = await recordedByTheClock();
    recorder.log(0, { loss: 1 });
    recorder.abandon();
    expect(stored()).toBe(1);
    const lost = new Recorder(store, 'no such run');
    lost.log(0, { loss: 1 });
    lost.abandon();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('stores exactly what was logged, and what 500 points hold without being asked', async () => {
    const store = await temporaryStore();
    const { id } = await startRun(store);
    const recorder = new Recorder(store, id);
    const values = Array.from({ length: 1234 }, (_, i) => ODD[i % 50] ?? rng.normal());
    for (const [step, value] of values.entries())
      recorder.log(step, { loss: value, ...(step % 2 ? {} : { accuracy: -value }) });
    expect(store.metrics.read(id, 'loss').values.length).toBeGreaterThanOrEqual(1000);
    recorder.close();
    expect(bits(store.metrics.read(id, 'loss').values)).toEqual(bits(values));
    expect([...store.metrics.read(id, 'accuracy').steps]).toEqual(values.flatMap((_, i) => (i % 2 ? [] : [i])));
  });

  it('sends again what a failed flush did not store', async () => {
    const store = await temporaryStore();
    const { id } = await startRun(store);
    let broken = true;
    const metrics = {
      append: (...args: Parameters<typeof store.metrics.append>) => {
        if (broken) throw new StoreError('disk-full', 'full');
        store.metrics.append(...args);
      },
    };
    const recorder = new Recorder({ metrics: metrics as typeof store.metrics, runs: store.runs }, id);
    recorder.log(0, { loss: 1 });
    expect(() => recorder.flush()).toThrow('full');
    broken = false;
    recorder.log(1, { loss: 2 });
    recorder.close();
    expect([...store.metrics.read(id, 'loss').values]).toEqual([1, 2]);
  });
});
