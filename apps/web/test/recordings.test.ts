import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { deserialize } from 'node:v8';
import { buildConfig, type Config, configHash, trainingStudy } from '@whorl/core';
import type { TrainEvent } from '@whorl/core/train';
import type { Store } from '@whorl/store';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { packColumn, packIntegers, unpackColumn } from '../src/contract/columns.ts';
import type { Recording } from '../src/contract/recording.ts';
import { TrainingRecord } from '../src/features/labs/model/training-record.ts';
import { createCaller } from '../src/server/router.ts';
import { ownerOf, temporaryStore } from './record.ts';

const SMALL = { 'data.n': 20, 'model.hidden': [6], epochs: 30 };
const configOf = (values: Readonly<Record<string, unknown>> = {}): Config =>
  buildConfig(trainingStudy('spiral').defaults, { ...SMALL, ...values });

/** What a page sends of a training. */
function trained(config: Config): Recording {
  const script = fileURLToPath(new URL('fixtures-events.mjs', import.meta.url));
  const told = execFileSync(process.execPath, [script, JSON.stringify(config)]);
  const { versions, events } = deserialize(told) as { versions: Record<string, string>; events: TrainEvent[] };
  const record = new TrainingRecord();
  for (const [at, event] of events.entries()) record.hear(event, at);
  return { experiment: 'spiral', config, browser: 'Mozilla/5.0 (test)', ...record.ended(events.length, versions) };
}

let sent: Recording;
beforeAll(() => {
  sent = trained(configOf());
});
let store: Store;
let recordings: ReturnType<typeof createCaller>['recordings'];
beforeEach(async () => {
  store = await temporaryStore();
  recordings = createCaller(ownerOf(store)).recordings;
});

const seriesOf = ({ series }: Recording, key: string) => {
  const found = series.find((one) => one.key === key);
  if (!found) throw new Error(`expected a series ${key}`);
  return found;
};

describe('a training that a page sends', () => {
  it('is an ordinary run, with every point and file, whose source and environment say who trained it', async () => {
    expect(await recordings.find({ experiment: 'spiral', config: sent.config })).toBeNull();
    const { runId, experimentId, isNew } = await recordings.add(sent);
    expect(isNew).toBe(true);
    const run = await store.runs.get(runId);
    const config = configOf();
    expect(run).toMatchObject({
      ...{ source: 'browser', status: 'finished', engine: 'portable', mode: 'compiled', seed: 1, study: 'spiral' },
      ...{ config, configHash: await configHash(config), experimentId, durationMs: sent.durationMs },
      name: 'epochs=30 · n=20 · hidden=[6] · seed 1',
    });
    expect(run.environment).toMatchObject({
      ...{ browser: 'Mozilla/5.0 (test)', stepsPerEpoch: 1, engineVersions: sent.engineVersions },
    });
    for (const { key, steps, values } of sent.series) {
      const points = store.metrics.read(runId, key);
      expect([...points.steps], key).toEqual([...unpackColumn(steps)]);
      expect([...points.values], key).toEqual([...unpackColumn(values)]);
    }
    expect(store.metrics.read(runId, 'loss').steps).toHaveLength(30);
    const files = await store.artifacts.list(runId);
    expect([...new Set(files.map(({ name }) => name))]).toEqual(['boundary', 'calibration', 'data', 'log']);
    expect((await store.examine()).problems).toEqual([]);
  });

  it('is recorded once in an experiment, however often it is sent, and again in another', async () => {
    const [first, ...others] = await Promise.all([1, 2, 3].map(() => recordings.add(sent)));
    expect(new Set([first?.runId, ...others.map(({ runId }) => runId)]).size).toBe(1);
    expect([first, ...others].filter((one) => one?.isNew)).toHaveLength(1);
    expect(await recordings.find({ experiment: ' spiral', config: sent.config })).toEqual({ ...first, isNew: false });
    const other = await recordings.add({ ...sent, experiment: 'mine' });
    expect(other).toMatchObject({ isNew: true });
    expect(other.experimentId).not.toBe(first?.experimentId);
  });

  it('is found where the runner recorded it, on the same engine', async () => {
    const { id: experimentId } = await store.experiments.ensure('spiral', 'spiral');
    const run = { experimentId, name: 'a', config: configOf(), environment: {}, command: '' } as const;
    const at = new Date();
    const ended = {
      status: 'finished',
      mode: 'compiled',
      createdAt: at,
      startedAt: at,
      endedAt: at,
      durationMs: 1,
    } as const;
    await store.runs.insertMany([{ ...run, ...ended, engine: 'native', metrics: {} }]);
    expect(await recordings.find({ experiment: 'spiral', config: sent.config })).toBeNull();
    const [runId] = await store.runs.insertMany([{ ...run, ...ended, engine: 'portable', metrics: {} }]);
    expect(await recordings.add(sent)).toEqual({ runId, experimentId, isNew: false });
  });

  it('may have diverged: what is no number is recorded as that', async () => {
    const diverged = trained(configOf({ 'optimizer.name': 'sgd', 'optimizer.lr': 1e6, epochs: 40 }));
    const { runId } = await recordings.add(diverged);
    const { values } = store.metrics.read(runId, 'loss');
    expect(values.some(Number.isNaN)).toBe(true);
    expect([...values]).toEqual([...unpackColumn(seriesOf(diverged, 'loss').values)]);
  });

  const values = (key: string, change: (values: Float64Array) => ArrayLike<number>) => (recording: Recording) => ({
    ...recording,
    series: recording.series.map((one) =>
      one.key === key ? { ...one, values: packColumn(change(unpackColumn(one.values))) } : one,
    ),
  });
  const REFUSED: readonly [string, (recording: Recording) => unknown, RegExp][] = [
    ['a config with an unknown field', (r) => ({ ...r, config: { ...configOf(), more: 1 } }), /more/],
    ['a number beyond its bounds', (r) => ({ ...r, config: { ...configOf(), epochs: 0 } }), /epochs/],
    ['no config', (r) => ({ ...r, config: null }), /./],
    [
      'another study than there is',
      (r) => ({ ...r, config: { ...configOf(), study: 'spirals' } }),
      /Did you mean|spiral/,
    ],
    ['more steps than a page may send', (r) => ({ ...r, config: configOf({ epochs: 200_001 }) }), /at most 200000/],
    [
      'more points than anybody trains on',
      (r) => ({ ...r, config: configOf({ 'data.n': 100_000 }) }),
      /at most 200000/,
    ],
    ['a series without its last point', values('loss', (v) => v.subarray(0, -1)), /29 values/],
    ['no losses', (r) => ({ ...r, series: r.series.filter(({ key }) => key !== 'loss') }), /got 0 points, expected 30/],
    ['a training that did not end', (r) => ({ ...r, series: r.series.filter(({ key }) => key !== 'ece') }), /ended/],
    ['an accuracy above 1', values('accuracy', (v) => v.with(9, 1.5)), /got 1.5, expected 0 to 1/],
    [
      'a metric that nobody knows',
      (r) => ({ ...r, series: [{ ...seriesOf(r, 'loss'), key: 'mine' }, ...r.series] }),
      /mine/,
    ],
    ['a series twice', (r) => ({ ...r, series: [...r.series, seriesOf(r, 'loss')] }), /twice/],
    [
      'steps that fall',
      (r) => ({ ...r, series: [{ ...seriesOf(r, 'loss'), steps: packIntegers([5, ...Array(29).keys()]) }] }),
      /rising steps/,
    ],
    ['what is no column', (r) => ({ ...r, series: [{ ...seriesOf(r, 'loss'), values: 'd***' }] }), /packed numbers/],
    ['times beyond its end', (r) => ({ ...r, durationMs: 1 }), /times from 0 to 1 ms/],
    ['no picture of its begin', (r) => ({ ...r, files: r.files.slice(1) }), /boundary/],
    [
      'a file that no training makes',
      (r) => ({ ...r, files: [...r.files, { name: 'a', step: null, data: { json: '{}' } }] }),
      /file a/,
    ],
    [
      'a document that is none',
      (r) => ({ ...r, files: r.files.map((f) => (f.name === 'calibration' ? { ...f, data: { json: '{}' } } : f)) }),
      /cannot be read/,
    ],
    ['a name that is none', (r) => ({ ...r, experiment: ' ' }), /1 to/],
    ['an engine of another version', (r) => ({ ...r, engineVersions: { portable: '1' } }), /load it again/],
    [
      'a loss of another engine',
      values('loss', (v) => v.with(3, (v[3] as number) * (1 + 2 ** -20))),
      /step 3: got the loss/,
    ],
  ];
  it.each(REFUSED)('is refused whole with %s', async (_, change, said) => {
    await expect(recordings.add(change(sent) as Recording)).rejects.toThrow(said);
    expect(await store.experiments.names()).toEqual([]);
    expect(await store.artifacts.sweep({ dry: true })).toEqual({ parts: 0, files: 0, bytes: 0 });
  });

  it('leaves nothing of itself where its experiment is of another study', async () => {
    await store.experiments.ensure('taken', 'softmax');
    await expect(recordings.add({ ...sent, experiment: 'taken' })).rejects.toThrow('give another');
    expect(store.runs.count({ experimentId: (await store.experiments.get('taken')).id })).toBe(0);
    expect(await store.artifacts.sweep({ dry: true })).toEqual({ parts: 0, files: 0, bytes: 0 });
  });
});
