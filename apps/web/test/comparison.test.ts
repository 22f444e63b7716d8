import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildConfig, type Config, compare, effectsOf, histogramOf, trainingStudy } from '@whorl/core';
import type { Store } from '@whorl/store';
import { describe, expect, it } from 'vitest';
import { questionOf } from '../src/contract/question.ts';
import { leaderOf } from '../src/features/compare/model/leader.ts';
import { analyse } from '../src/server/comparison/analysis.ts';
import { createCaller } from '../src/server/router.ts';
import { guestOf, log, ownerOf, temporaryStore } from './record.ts';

interface MadeUp {
  readonly experiment?: string;
  readonly seed: number;
  readonly values?: Readonly<Record<string, unknown>>;
  /** The last value of each metric. */
  readonly metrics?: Readonly<Record<string, number>>;
  readonly status?: 'finished' | 'failed' | 'interrupted' | 'running';
}

/** A recorded run whose numbers are made up. */
async function record(store: Store, { experiment = 'made up', seed, values = {}, ...rest }: MadeUp): Promise<string> {
  const { metrics = {}, status = 'finished' } = rest;
  const { id: experimentId } = await store.experiments.ensure(experiment, 'spiral');
  const config = buildConfig(trainingStudy('spiral').defaults, { ...values, seed });
  const run = await store.runs.start({
    experimentId,
    name: `seed ${seed}`,
    config,
    engine: 'cpu',
    mode: 'eager',
    environment: {},
    command: 'npx whorl run spiral',
  });
  for (const [key, value] of Object.entries(metrics)) log(store, run.id, key, 0, [0.5, value]);
  if (status !== 'running') await store.runs.end(run.id, status, { durationMs: 1 });
  return run.id;
}

/** Runs of each activation with these accuracies, seeds from 1. */
async function recordLevels(store: Store, levels: Readonly<Record<string, readonly number[]>>): Promise<string[]> {
  const ids: string[] = [];
  for (const [activation, accuracies] of Object.entries(levels)) {
    for (const [i, accuracy] of accuracies.entries()) {
      ids.push(await record(store, { seed: i + 1, values: { 'model.activation': activation }, metrics: { accuracy } }));
    }
  }
  return ids;
}

const BY = ['model.activation'];
const METRIC = 'metrics.accuracy';

async function analysed(levels: Readonly<Record<string, readonly number[]>>) {
  const store = await temporaryStore();
  const runIds = await recordLevels(store, levels);
  return createCaller(ownerOf(store)).comparison.analyse({ target: { runIds }, metric: METRIC, by: BY });
}

describe('an analysis', () => {
  it('finds a true difference, with the numbers of the statistics that `whorl compare` uses', async () => {
    const levels = { linear: [0.5, 0.51, 0.49, 0.5, 0.52], relu: [0.93, 0.95, 0.94, 0.94, 0.95] };
    const found = await analysed(levels);
    expect(found.verdict).toMatchObject({ kind: 'best', best: 'relu' });
    const observations = Object.entries(levels).flatMap(([activation, values]) =>
      values.map((value, i) => ({ params: { 'model.activation': activation, seed: i + 1 }, value, launch: 1 })),
    );
    const expected = compare(observations, { metric: 'accuracy', by: BY });
    expect([found.look, found.training, found.margin]).toEqual([1, 0, null]);
    expect(found.pairs).toEqual(expected.pairs);
    expect(found.levels.map(({ summary }) => summary)).toEqual(expected.levels.map(({ summary }) => summary));
    expect(found.levels.map(({ values, runs }) => [values, runs.seeds, runs.values])).toEqual([
      [['linear'], [1, 2, 3, 4, 5], levels.linear],
      [['relu'], [1, 2, 3, 4, 5], levels.relu],
    ]);
    expect(found).toMatchObject({ goal: 'highest', observed: 10, confounds: [], matrix: null, effects: null });
  });

  it('bug: a run that diverged is in no mean, however finite its accuracy', async () => {
    const store = await temporaryStore();
    const runIds: string[] = [];
    for (const [activation, loss] of [
      ['relu', 0.1],
      ['tanh', Number.NaN],
    ] as const) {
      for (const seed of [1, 2, 3]) {
        const metrics = { accuracy: activation === 'relu' ? 0.9 + seed / 100 : 1 / 3, loss };
        runIds.push(await record(store, { seed, values: { 'model.activation': activation }, metrics }));
      }
    }
    const caller = createCaller(ownerOf(store));
    const { levels, verdict } = await caller.comparison.analyse({ target: { runIds }, metric: METRIC, by: BY });
    expect(levels.map(({ summary, diverged }) => [summary?.n ?? 0, diverged])).toEqual([
      [3, 0],
      [0, 3],
    ]);
    expect(verdict.kind).toBe('one-level');
    const { groups } = await caller.grouping.groups({ target: { runIds }, by: BY, metrics: [METRIC] });
    expect(groups.map(({ metrics: [metric] }) => [metric?.summary?.n ?? 0, metric?.diverged])).toEqual([
      [3, 0],
      [0, 3],
    ]);
  });

  it('takes what is better from who asks, and has no best where nobody says', async () => {
    const store = await temporaryStore();
    const runIds: string[] = [];
    for (const [i, activation] of ['relu', 'tanh'].entries()) {
      for (const seed of [1, 2, 3, 4]) {
        const metrics = { speed: 10 * i + seed / (10 + i) };
        runIds.push(await record(store, { seed, values: { 'model.activation': activation }, metrics }));
      }
    }
    const caller = createCaller(ownerOf(store));
    const ask = (goal: 'highest' | 'lowest' | null) =>
      caller.comparison.analyse({ target: { runIds }, metric: 'metrics.speed', by: BY, goal });
    const [open, high, low] = [await ask(null), await ask('highest'), await ask('lowest')];
    expect([open, high, low].map(({ goal, verdict }) => [goal, 'best' in verdict ? verdict.best : null])).toEqual([
      [null, 'tanh'],
      ['highest', 'tanh'],
      ['lowest', 'relu'],
    ]);
    expect([open, high, low].map(leaderOf)).toEqual([
      { values: ['tanh'], isBest: false },
      { values: ['tanh'], isBest: true },
      { values: ['relu'], isBest: true },
    ]);
  });

  it('finds none where there is none', async () => {
    const found = await analysed({ tanh: [0.9, 0.92, 0.88, 0.92], relu: [0.91, 0.9, 0.9, 0.9] });
    expect(found.verdict).toMatchObject({ kind: 'tied', best: 'tanh', tied: ['relu'] });
  });

  it('says that two seeds are not enough, and how many would be', async () => {
    const found = await analysed({ linear: [0.1, 0.1001], relu: [0.9, 0.9002] });
    expect(found.verdict).toEqual({ kind: 'not-enough-runs', pairs: 2, needed: 3, diverged: 0 });
  });

  it('bug: seeds that are added after a look are another one, and cost what it takes', async () => {
    const store = await temporaryStore();
    const levels = { linear: [0.5, 0.56, 0.49], relu: [0.6, 0.63, 0.61] };
    const ask = { target: { runIds: await recordLevels(store, levels) }, metric: METRIC, by: BY };
    const caller = createCaller(ownerOf(store));
    const first = await caller.comparison.analyse(ask);
    const added = ['linear', 'relu'].map((activation, i) => ({
      config: buildConfig(trainingStudy('spiral').defaults, { 'model.activation': activation, seed: 4 }),
      metric: 'accuracy',
      value: 0.52 + i / 10,
    }));
    const recorder = fileURLToPath(new URL('./fixtures-record.mjs', import.meta.url));
    const home = path.dirname(store.databaseFile);
    const recorded = execFileSync(process.execPath, [recorder, home, JSON.stringify(added)], { encoding: 'utf8' });
    const runIds = [...ask.target.runIds, ...JSON.parse(recorded)];
    const second = await caller.comparison.analyse({ ...ask, target: { runIds } });
    expect([first.look, second.look]).toEqual([1, 2]);
    const cost = ({ pairs: [pair] }: typeof first) => (pair?.pAdjusted ?? 0) / (pair?.p ?? 1);
    expect(cost(first)).toBeCloseTo(Math.PI ** 2 / 6, 10);
    expect(cost(second)).toBeCloseTo((4 * Math.PI ** 2) / 6, 10);
  });

  it('shows levels to be the same within a margin, and says while runs train that it is interim', async () => {
    const store = await temporaryStore();
    const levels = { linear: [0.951, 0.95, 0.949, 0.95], relu: [0.9502, 0.9511, 0.9493, 0.9504] };
    const runIds = await recordLevels(store, levels);
    runIds.push(await record(store, { seed: 5, status: 'running' }));
    const ask = { target: { runIds }, metric: METRIC, by: BY };
    const { analyse, answer } = createCaller(ownerOf(store)).comparison;
    expect(await analyse(ask)).toMatchObject({ training: 1, verdict: { kind: 'tied' } });
    expect(await analyse({ ...ask, margin: 0.01 })).toMatchObject({
      margin: 0.01,
      verdict: { kind: 'same', best: 'relu', same: ['linear'], margin: 0.01 },
    });
    expect(await answer({ target: { runIds } })).toMatchObject({ training: 1, look: 1, margin: null });
    await expect(analyse({ ...ask, margin: 0 })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('of one run has a mean, no interval, and nothing to compare', async () => {
    const found = await analysed({ relu: [0.9] });
    expect(found.verdict).toEqual({ kind: 'one-level' });
    expect(found.levels[0]?.summary).toEqual({ n: 1, mean: 0.9, sd: null, ci95: null });
  });

  it('keeps diverged runs, and out of the means', async () => {
    const found = await analysed({ relu: [0.9, Number.NaN, 0.7, 0.8], tanh: [Infinity, 0.5, 0.6, 0.7] });
    const [relu, tanh] = found.levels;
    expect(relu).toMatchObject({ diverged: 1, summary: { n: 3, mean: expect.closeTo(0.8, 12) } });
    expect(relu?.runs.values).toEqual([0.9, Number.NaN, 0.7, 0.8]);
    expect(tanh).toMatchObject({ diverged: 1 });
    expect(found.pairs[0]?.nPairs).toBe(2);
    expect(relu?.median, 'the run in the middle of those with a value').toBe(relu?.runs.ids[3]);
  });

  it('bug: of two factors with more levels than are tested answers without a matrix, and does not fail', () => {
    const runs = Array.from({ length: 400 }, (_, i) => ({
      id: `r${i}`,
      study: 'spiral',
      name: `r${i}`,
      params: { seed: 1, a: Math.floor(i / 20), b: i % 20 },
      value: i,
    }));
    const asked = { field: METRIC, metric: 'accuracy', by: ['a', 'b'] };
    const found = analyse(runs, { byStatus: {}, withoutMetric: 0 }, asked);
    expect(found).toMatchObject({ verdict: { kind: 'too-many-levels', levels: 400 }, matrix: null });
  });

  it('names what differs beside the factor, and what follows from its kind is not among it', async () => {
    const store = await temporaryStore();
    const runIds: string[] = [];
    for (const [activation, optimizer, accuracy] of [
      ['linear', 'sgd', 0.5],
      ['relu', 'adam', 0.9],
    ] as const) {
      for (const seed of [1, 2, 3]) {
        const values = { 'model.activation': activation, 'optimizer.name': optimizer };
        runIds.push(
          await record(store, {
            seed,
            values,
            metrics: { accuracy: accuracy + (activation === 'relu' ? seed ** 2 : seed) / 1000 },
          }),
        );
      }
    }
    const caller = createCaller(ownerOf(store));
    const target = { runIds };
    const apart = await caller.comparison.analyse({ target, metric: METRIC, by: BY });
    expect(apart.confounds).toEqual(['optimizer.name']);
    expect(apart.verdict).toEqual({ kind: 'confounded', paths: ['optimizer.name'] });
    const together = await caller.comparison.analyse({ target, metric: METRIC, by: [...BY, 'optimizer.name'] });
    expect(together).toMatchObject({ confounds: [], verdict: { kind: 'best', best: 'relu + adam' } });
  });

  it('leaves out what has not finished or lacks the metric, and says how many', async () => {
    const store = await temporaryStore();
    const target = {
      runIds: [
        await record(store, { seed: 1, metrics: { accuracy: 0.9 } }),
        await record(store, { seed: 2, metrics: { loss: 0.1 } }),
        await record(store, { seed: 3, metrics: { accuracy: 0.1 }, status: 'failed' }),
        await record(store, { seed: 4, metrics: { accuracy: 0.2 }, status: 'running' }),
      ],
    };
    const found = await createCaller(ownerOf(store)).comparison.analyse({ target, metric: METRIC, by: [] });
    expect(found).toMatchObject({ observed: 1, leftOut: { byStatus: { failed: 1, running: 1 }, withoutMetric: 1 } });
    const none = await createCaller(ownerOf(store)).comparison.analyse({ target, metric: 'metrics.nothing', by: [] });
    expect(none).toMatchObject({ observed: 0, levels: [], verdict: { kind: 'no-values' } });
  });

  it('of a full grid has its matrix and its effects', async () => {
    const store = await temporaryStore();
    const runIds: string[] = [];
    const observations = [];
    for (const [activation, optimizer, accuracy] of [
      ['linear', 'sgd', 0.5],
      ['linear', 'adam', 0.51],
      ['relu', 'sgd', 0.6],
      ['relu', 'adam', 0.95],
    ] as const) {
      for (const seed of [1, 2, 3, 4, 5]) {
        const values = { 'model.activation': activation, 'optimizer.name': optimizer };
        const value = accuracy + Math.sin(seed * 7 + accuracy * 100) / 200;
        runIds.push(await record(store, { seed, values, metrics: { accuracy: value } }));
        observations.push({ params: { ...values, seed }, value });
      }
    }
    const by = ['model.activation', 'optimizer.name'] as const;
    const target = { runIds };
    const found = await createCaller(ownerOf(store)).comparison.analyse({ target, metric: METRIC, by: [...by] });
    expect(found.matrix).toMatchObject({ rows: ['linear', 'relu'], columns: ['adam', 'sgd'] });
    expect(found.matrix?.cells.map(({ standing }) => standing)).toEqual(['worse', 'worse', 'best', 'worse']);
    expect(found.effects).toEqual(effectsOf(observations, by, found.look));
    const one = await createCaller(ownerOf(store)).comparison.analyse({ target, metric: METRIC, by: BY });
    expect(one.effects, 'bug: what is not compared was laid to the seeds').toEqual(found.effects);
  });

  it('tests no more levels in pairs than a reader could read, and still has their means', async () => {
    const store = await temporaryStore();
    const runIds: string[] = [];
    for (let i = 0; i < 42; i++) {
      runIds.push(
        await record(store, { seed: 1, values: { 'optimizer.lr': 0.001 * (i + 1) }, metrics: { accuracy: i } }),
      );
    }
    const by = ['optimizer.lr'];
    const found = await createCaller(ownerOf(store)).comparison.analyse({ target: { runIds }, metric: METRIC, by });
    expect(found.verdict).toEqual({ kind: 'too-many-levels', levels: 42, most: 40 });
    expect(found.levels).toHaveLength(42);
    expect(found.levels[0]?.values[0], 'numbers by size').toBe(0.001);
  });

  it('refuses what is no metric', async () => {
    const store = await temporaryStore();
    const runIds = [await record(store, { seed: 1 })];
    const caller = createCaller(ownerOf(store));
    for (const metric of ['status', 'metrics', '<img>', 'x'.repeat(500)]) {
      await expect(caller.comparison.analyse({ target: { runIds }, metric, by: [] })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
      });
    }
  });
});

describe('an overview', () => {
  it('counts runs by status and level, and names runs that are not there', async () => {
    const store = await temporaryStore();
    const ids = await recordLevels(store, { relu: [0.9, 0.8], tanh: [0.7] });
    const failed = await record(store, { seed: 9, values: { 'model.activation': 'tanh' }, status: 'failed' });
    const found = await createCaller(ownerOf(store)).comparison.overview({
      target: { runIds: [...ids, failed, 'nosuchrun'] },
    });
    expect(found).toMatchObject({
      runs: 4,
      seeds: 3,
      byStatus: { finished: 3, failed: 1 },
      metrics: ['accuracy'],
      missing: { count: 1, ids: ['nosuchrun'] },
      experiments: [{ name: 'made up' }],
      study: 'spiral',
      planar: true,
    });
    expect(found.factors).toEqual([
      {
        path: 'model.activation',
        follows: false,
        count: 2,
        levels: [
          { value: 'relu', runs: 2 },
          { value: 'tanh', runs: 2 },
        ],
      },
    ]);
  });

  it('bug: a section of boundaries where the study looks at none; none for a file of two columns, which has them', async () => {
    const store = await temporaryStore();
    const { id: experimentId } = await store.experiments.ensure('made up', 'spiral');
    const start = (config: Config) =>
      store.runs.start({ experimentId, name: 'a', config, engine: 'cpu', mode: '', environment: {}, command: '' });
    const file = (path: string) =>
      buildConfig(trainingStudy('spiral').defaults, {
        'data.name': 'csv',
        'data.path': path,
        'data.sha256': path.repeat(64),
      });
    const deep = await start(trainingStudy('vanishing-gradients').defaults);
    const [two, ten] = [await start(file('2')), await start(file('1'))];
    const meta = { grid: 2, classes: 2, extent: 1 };
    const bytes = { name: 'boundary', step: 0, mediaType: 'application/octet-stream', data: new Uint8Array(8), meta };
    await store.artifacts.put(two.id, bytes);
    const planar = async (...runIds: string[]) =>
      (await createCaller(ownerOf(store)).comparison.overview({ target: { runIds } })).planar;
    expect(await Promise.all([planar(deep.id), planar(two.id), planar(ten.id)])).toEqual([false, true, false]);
  });

  it('has the fields of a kind apart from the factor that chooses the kind', async () => {
    const store = await temporaryStore();
    const runIds = [
      await record(store, { seed: 1, values: { 'schedule.name': 'constant' } }),
      await record(store, { seed: 1, values: { 'schedule.name': 'exponential' } }),
    ];
    const { factors } = await createCaller(ownerOf(store)).comparison.overview({ target: { runIds } });
    expect(factors.map(({ path, follows }) => [path, follows])).toEqual([
      ['schedule.name', false],
      ['schedule.factor', true],
    ]);
    expect(factors[1]?.levels).toEqual([
      { value: 0.99, runs: 1 },
      { value: null, runs: 1 },
    ]);
  });

  it('of an experiment has all of its runs and their columns, the oldest first', async () => {
    const store = await temporaryStore();
    const ids = await recordLevels(store, { relu: [0.9, 0.8], tanh: [Number.NaN] });
    const { id: experimentId } = await store.experiments.get('made up');
    const caller = createCaller(ownerOf(store));
    const target = { experimentId };
    expect(await caller.comparison.overview({ target })).toMatchObject({ runs: 3 });
    expect(await caller.comparison.columns({ target, fields: ['seed', 'model.activation', METRIC] })).toEqual({
      ids,
      columns: [
        [1, 2, 1],
        ['relu', 'relu', 'tanh'],
        [0.9, 0.8, Number.NaN],
      ],
    });
  });

  it('bug: the study of runs of other programs was the text "null", and their metrics were taken for ours', async () => {
    const store = await temporaryStore();
    const { id: experimentId } = await store.experiments.create('theirs', null);
    store.logged.start({
      experimentId,
      source: 'mlflow',
      name: 'a',
      startedAt: new Date(0),
      tags: {},
      environment: {},
    });
    const found = await createCaller(ownerOf(store)).comparison.overview({ target: { experimentId } });
    expect(found).toMatchObject({ study: null, ownMetrics: false });
  });

  it('is of what a query finds, or of a set of runs; a query that cannot be read says why', async () => {
    const store = await temporaryStore();
    const ids = await recordLevels(store, { relu: [0.9, 0.8], tanh: [0.7] });
    const { id: experimentId } = await store.experiments.get('made up');
    const { comparison } = createCaller(ownerOf(store));
    const good = { experimentId, query: 'metrics.accuracy > 0.75' };
    expect(await comparison.overview({ target: good })).toMatchObject({ runs: 2, factors: [] });
    const runSet = await store.runSets.put(ids.slice(1));
    expect((await comparison.columns({ target: { runSet }, fields: ['seed'] })).ids).toEqual(ids.slice(1));
    const bad = { experimentId, query: 'metrics.accuracy >' };
    await expect(comparison.overview({ target: bad })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('expected'),
    });
    await expect(comparison.overview({ target: { runSet: '0' } })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is for those who may see its runs', async () => {
    const store = await temporaryStore();
    const secret = await record(store, { experiment: 'secret', seed: 1, metrics: { accuracy: 1 } });
    const shared = await record(store, { experiment: 'shared', seed: 1, metrics: { accuracy: 1 } });
    const { id: experimentId } = await store.experiments.get('shared');
    const guest = createCaller((await guestOf(store, experimentId)).context);
    expect(await guest.comparison.overview({ target: { experimentId } })).toMatchObject({ runs: 1 });
    expect(await guest.comparison.overview({ target: { runIds: [shared] } })).toMatchObject({ experiments: [] });
    const notFound = { code: 'NOT_FOUND' };
    const target = { runIds: [shared, secret] };
    await expect(guest.comparison.overview({ target })).rejects.toMatchObject(notFound);
    await expect(guest.comparison.analyse({ target, metric: METRIC, by: [] })).rejects.toMatchObject(notFound);
    await expect(guest.comparison.columns({ target, fields: [] })).rejects.toMatchObject(notFound);
    for (const field of ['environment.host', 'environment.host.name']) {
      const hidden = { target: { experimentId }, fields: [field] };
      await expect(guest.comparison.columns(hidden), 'the name of the machine is not told').rejects.toMatchObject(
        notFound,
      );
    }
    await expect(guest.comparison.spreads({ runIds: [secret] })).rejects.toMatchObject(notFound);
    await expect(guest.comparison.layers({ runIds: [secret], measure: 'deadUnits' })).rejects.toMatchObject(notFound);
    await expect(guest.comparison.accuracies({ runIds: [secret], steps: [0] })).rejects.toMatchObject(notFound);
  });
});

describe('archived runs', () => {
  it('bug: are compared by what differs among them, and not among the others', async () => {
    const store = await temporaryStore();
    const archived: string[] = [];
    for (const seed of [1, 2, 3]) {
      const linear = { 'model.activation': 'linear', 'optimizer.name': 'sgd' };
      const relu = { 'model.activation': 'relu', 'optimizer.name': 'adam' };
      archived.push(await record(store, { seed, values: linear, metrics: { accuracy: 0.5 + seed / 100 } }));
      archived.push(await record(store, { seed, values: relu, metrics: { accuracy: 0.9 + seed / 90 } }));
    }
    await recordLevels(store, { linear: [0.5, 0.5], relu: [0.6, 0.6] });
    await store.runs.archive(archived);
    const { id: experimentId } = await store.experiments.get('made up');
    const { comparison, runs } = createCaller(ownerOf(store));
    const ask = { metric: METRIC, by: BY };
    const target = { experimentId, archived: true };
    const byIds = await comparison.analyse({ target: { runIds: archived }, ...ask });
    expect(byIds).toMatchObject({ confounds: ['optimizer.name'], verdict: { kind: 'confounded' } });
    expect(await comparison.analyse({ target, ...ask })).toEqual(byIds);
    const paths = (await comparison.overview({ target })).factors.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['model.activation', 'optimizer.name']));
    await store.runs.archive((await runs.table({ target: { experimentId }, fields: [] })).ids);
    const fields = async (archived: boolean) =>
      (await runs.fields({ target: { experimentId, archived } })).map(({ field }) => field);
    expect(await fields(true)).toContain('metrics.accuracy');
    expect(await fields(false)).toEqual([]);
  });
});

describe('a run that was resumed', () => {
  it('bug: counts with what it recorded last, in accuracies below pictures and in maps of layers', async () => {
    const store = await temporaryStore();
    const id = await record(store, { seed: 1, status: 'running' });
    const steps = Float64Array.of(0, 1, 2, 3, 4, 2, 3, 4, 5);
    const values = Float64Array.of(0, 0.1, 0.2, 0.3, 0.4, 0.8, 0.85, 0.9, 0.95);
    for (const key of ['accuracy', 'deadUnits.1']) {
      store.metrics.append(id, [{ key, offset: 0, steps, values, times: steps }]);
    }
    const { comparison } = createCaller(ownerOf(store));
    expect(await comparison.accuracies({ runIds: [id], steps: [1, 3] })).toEqual([
      { runId: id, steps: [1, 3], values: [0.1, 0.85] },
    ]);
    const { values: layers } = await comparison.layers({ runIds: [id], measure: 'deadUnits' });
    expect(layers).toEqual([[0, 0.1, 0.8, 0.85, 0.9, 0.95]]);
  });
});

describe('someone with a link to a comparison', () => {
  it('sees its runs, and no others', async () => {
    const store = await temporaryStore();
    const [first, second, other] = (await recordLevels(store, { relu: [0.9, 0.8, 0.7] })) as [string, string, string];
    const { share } = await store.shares.create({ kind: 'comparison', runIds: [first, second] });
    const { comparison } = createCaller({
      store,
      viewer: { kind: 'share', share, isOpen: async () => true },
      timeZone: 'UTC',
    });
    expect(await comparison.overview({ target: { runIds: [first, second] } })).toMatchObject({ runs: 2 });
    const notFound = { code: 'NOT_FOUND' };
    await expect(comparison.overview({ target: { runIds: [first, other] } })).rejects.toMatchObject(notFound);
    const { id: experimentId } = await store.experiments.get('made up');
    await expect(comparison.overview({ target: { experimentId } })).rejects.toMatchObject(notFound);
  });
});

describe('inside the network', () => {
  it('gradients are put together by their geometric mean, shares by their mean, layer by layer', async () => {
    const store = await temporaryStore();
    const runIds = [await record(store, { seed: 1 }), await record(store, { seed: 2 })] as [string, string];
    log(store, runIds[0], 'gradientNorm.1', 0, [1, Number.NaN]);
    log(store, runIds[1], 'gradientNorm.1', 0, [1e-4, Number.NaN]);
    log(store, runIds[0], 'gradientNorm.10', 0, [1e-2, 1]);
    log(store, runIds[0], 'deadUnits.1', 0, [0.2, 0.4]);
    log(store, runIds[1], 'deadUnits.1', 0, [0.4]);
    const caller = createCaller(ownerOf(store));
    const gradients = await caller.comparison.layers({ runIds, measure: 'gradientNorm' });
    expect(gradients).toMatchObject({ layers: [1, 10], width: 1, columns: 2, runs: 2, runsOf: [2, 2] });
    expect(gradients.values[0]?.[0]).toBeCloseTo(1e-2, 12);
    expect(gradients.values[0]?.[1]).toBeNaN();
    expect(gradients.values[1]?.[1]).toBeCloseTo(1, 12);
    const dead = await caller.comparison.layers({ runIds, measure: 'deadUnits' });
    expect(dead.values).toEqual([[expect.closeTo(0.3, 12), 0.4]]);
    // Bug: a map over runs of unequal lengths gave only the number of all of them.
    expect(dead).toMatchObject({ runs: 2, runsOf: [2, 1] });
  });

  it('activations of several runs are one histogram a look, over one range', async () => {
    const store = await temporaryStore();
    const runIds = [
      await record(store, { seed: 1 }),
      await record(store, { seed: 2 }),
      await record(store, { seed: 3 }),
    ];
    const [small, large] = [
      [0.1, 0.2, -0.3],
      [3, 0.25, -0.5],
    ].map((values) => Float32Array.from(values)) as [Float32Array, Float32Array];
    for (const [runId, values] of [
      [runIds[0] as string, small],
      [runIds[1] as string, large],
    ] as const) {
      const looks = [0, ...(values === large ? [1] : [])].map((step) => ({ step, layers: [histogramOf(values)] }));
      const data = Buffer.from(JSON.stringify({ version: 1, rows: 3, looks }));
      await store.artifacts.put(runId, { name: 'activations', mediaType: 'application/json', data });
    }
    const bad = Buffer.from('{"version":1,"looks":"nothing"}');
    await store.artifacts.put(runIds[2] as string, { name: 'activations', mediaType: 'application/json', data: bad });
    const found = await createCaller(ownerOf(store)).comparison.spreads({ runIds });
    const together = histogramOf(Float32Array.from([...small, ...large]));
    expect(found).toMatchObject({ runs: 2, spreads: [{ layer: 1 }] });
    // Bug: the looks after the end of a shorter run were told to be of both.
    const [first, later] = found.spreads[0]?.looks ?? [];
    expect(first).toEqual({ step: 0, runs: 2, histogram: together });
    expect(later).toMatchObject({ step: 1, runs: 1 });
  });

  it('accuracy stands at the step that is looked at, or at the one before', async () => {
    const store = await temporaryStore();
    const runId = await record(store, { seed: 1 });
    log(store, runId, 'accuracy', 0, [0.1, 0.2, 0.3]);
    const found = await createCaller(ownerOf(store)).comparison.accuracies({ runIds: [runId], steps: [0, 2, 3] });
    expect(found).toEqual([{ runId, steps: [0, 2, 3], values: [0.1, 0.3, 0.3] }]);
  });
});

describe('the question of an address', () => {
  const levels = [{ value: 'relu', runs: 1 }];
  const factors = ['model.activation', 'optimizer.lr'].map((path) => ({ path, follows: false, count: 1, levels }));
  const overview = { factors, metrics: ['accuracy', 'gradientNorm.1', 'loss'] };

  it('has the first factor and the accuracy where nothing is asked for', () => {
    expect(questionOf({ by: [], metric: '' }, overview)).toEqual({
      by: ['model.activation'],
      metric: 'accuracy',
      part: 'last',
      goal: 'highest',
      field: 'metrics.accuracy',
      bad: [],
    });
    const measured = { factors, metrics: ['accuracy', 'loss', 'testAccuracy', 'trainAccuracy', 'trainLoss'] };
    expect(questionOf({ by: [], metric: '' }, measured).metric, 'the test set before all else').toBe('testAccuracy');
    expect(questionOf({ by: [], metric: '' }, { factors: [], metrics: ['gradientNorm.1', 'time'] })).toMatchObject({
      by: [],
      metric: 'time',
    });
  });

  it('has the goal that is known of the metric, the one of the address, or none', () => {
    const goal = (metric: string, asked?: 'highest' | 'lowest' | '') =>
      questionOf({ by: [], metric, ...(asked === undefined ? {} : { goal: asked }) }, overview).goal;
    expect([goal('metrics.loss'), goal('metrics.accuracy', ''), goal('metrics.accuracy', 'lowest')]).toEqual([
      'lowest',
      'highest',
      'lowest',
    ]);
    const norm = 'metrics."gradientNorm.1"';
    expect([goal(norm), goal(norm, 'lowest')]).toEqual([null, 'lowest']);
  });

  it('names what these runs do not have, and has its default instead', () => {
    const asked = questionOf({ by: ['model.width', 'optimizer.lr'], metric: 'metrics.speed' }, overview);
    expect(asked).toMatchObject({ by: ['optimizer.lr'], metric: 'accuracy' });
    expect(asked.bad.map(({ name, came }) => [name, came])).toEqual([
      ['by', 'model.width'],
      ['metric', 'metrics.speed'],
    ]);
    expect(questionOf({ by: [], metric: 'metrics.loss.min' }, overview)).toMatchObject({ metric: 'loss', part: 'min' });
  });
});

describe('two files that are compared', () => {
  // Every comparison of files was once called confounded, by their hashes; a copy was a level of its own.
  it('are two levels called by their names, and a copy is none', async () => {
    const store = await temporaryStore();
    const runIds: string[] = [];
    const files = { '/one/a1.csv': 'a', '/one/a2.csv': 'b', '/two/a2.csv': 'c', '/two/copy of a1.csv': 'a' };
    for (const [file, [path, digit]] of Object.entries(files).entries()) {
      for (const seed of [1, 2, 3]) {
        const values = { 'data.name': 'csv', 'data.path': path, 'data.sha256': digit.repeat(64) };
        const accuracy = 0.9 - file / 10 + (file === 3 ? 0.3 : 0) + seed / (100 + 10 * file);
        runIds.push(await record(store, { seed: file === 3 ? seed + 3 : seed, values, metrics: { accuracy } }));
      }
    }
    const caller = createCaller(ownerOf(store));
    const { factors } = await caller.comparison.overview({ target: { runIds } });
    const levels = [
      { value: 'a1.csv', runs: 6 },
      { value: 'a2.csv', runs: 3 },
      { value: 'a2.csv (cccccccc)', runs: 3 },
    ];
    expect(factors).toEqual([{ path: 'data.path', follows: false, count: 3, levels }]);
    const found = await caller.comparison.analyse({ target: { runIds }, metric: METRIC, by: ['data.path'] });
    expect(found.confounds).toEqual([]);
    expect(found.levels.map(({ values }) => values)).toEqual(levels.map(({ value }) => [value]));
    expect(found.verdict).toMatchObject({ kind: 'best', best: 'a1.csv' });
  });
});
