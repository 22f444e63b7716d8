import { buildConfig, factorsOf, trainingStudy } from '@whorl/core';
import type { Store } from '@whorl/store';
import { describe, expect, it } from 'vitest';
import { answerInput } from '../src/contract/answer-input.ts';
import { summaryFactors } from '../src/contract/factor-fields.ts';
import { questionOf } from '../src/contract/question.ts';
import { leaderOf } from '../src/features/compare/model/leader.ts';
import { mainFields } from '../src/features/runs-table/model/main-fields.ts';
import { summaryInput } from '../src/features/runs-table/model/table-input.ts';
import { createCaller } from '../src/server/router.ts';
import { guestOf, log, ownerOf, temporaryStore } from './record.ts';

// What an experiment comes to, where its page and the list of experiments say it.

/** A run of the experiment `made up`; returns its experiment's id and its own. */
async function record(store: Store, seed: number, values: Readonly<Record<string, unknown>>, accuracy: number | null) {
  const { id: experimentId } = await store.experiments.ensure('made up', 'spiral');
  const config = buildConfig(trainingStudy('spiral').defaults, { ...values, seed });
  const environment = {};
  const run = {
    experimentId,
    name: 'a run',
    config,
    engine: 'cpu',
    mode: 'eager' as const,
    environment,
    command: 'whorl run',
  };
  const { id } = await store.runs.start(run);
  if (accuracy !== null) {
    log(store, id, 'accuracy', 0, [0.3, accuracy]);
    log(store, id, 'loss', 0, [1, 1 - accuracy]);
    await store.runs.end(id, 'finished', { durationMs: 1 });
  }
  return { experimentId, id };
}

/** Runs of each activation and optimizer with these accuracies, seeds from 1. */
async function recordAll(levels: Readonly<Record<string, readonly number[]>>) {
  const store = await temporaryStore();
  const ids: Record<string, string[]> = {};
  let experimentId = '';
  for (const [level, accuracies] of Object.entries(levels)) {
    const [activation = 'relu', optimizer = 'adam'] = level.split(' ');
    for (const [i, accuracy] of accuracies.entries()) {
      const values = { 'model.activation': activation, 'optimizer.name': optimizer };
      const made = await record(store, i + 1, values, accuracy);
      experimentId = made.experimentId;
      ids[level] = [...(ids[level] ?? []), made.id];
    }
  }
  return { store, caller: createCaller(ownerOf(store)), experimentId, ids };
}

const CLEAR = {
  'linear adam': [0.5, 0.51, 0.49, 0.5],
  'relu adam': [0.9, 0.92, 0.91, 0.9],
  'tanh adam': [0.7, 0.71, 0.69, 0.7],
};
const TIED = { 'tanh adam': [0.9, 0.93, 0.88, 0.91], 'relu adam': [0.91, 0.9, 0.9, 0.9] };

describe('the answer under an experiment\u2019s question', () => {
  it.each([
    ['a winner', CLEAR, 'best'],
    ['no winner', TIED, 'tied'],
    ['not enough seeds', { 'relu adam': [0.9, 0.91], 'tanh adam': [0.5, 0.51] }, 'not-enough-runs'],
    ['two factors at once', { 'relu adam': [0.9, 0.91, 0.92], 'linear sgd': [0.5, 0.51, 0.53] }, 'confounded'],
  ])('%s: the very verdict of the comparison that it leads to', async (_, levels, kind) => {
    const { caller, experimentId } = await recordAll(levels);
    const target = { experimentId };
    const answer = await caller.comparison.answer(answerInput(experimentId, null));
    const question = questionOf({ by: [], metric: '' }, await caller.comparison.overview({ target }));
    const analysis = await caller.comparison.analyse({ target, metric: question.field, by: [...question.by] });
    expect(answer.verdict).toEqual(analysis.verdict);
    expect(answer.verdict.kind).toBe(kind);
    expect({ by: answer.by, metric: answer.metric }).toEqual({ by: ['model.activation'], metric: 'metrics.accuracy' });
    expect(answer.levels).toEqual(
      analysis.levels.map(({ level, values, summary, order }) => ({ level, values, summary, order })),
    );
  });

  it('is there for who has a link to the experiment, and of no other', async () => {
    const { store, experimentId } = await recordAll(CLEAR);
    const { context } = await guestOf(store, experimentId);
    const { id: other } = await store.experiments.ensure('other', 'spiral');
    const guest = createCaller(context);
    await expect(guest.comparison.answer(answerInput(experimentId, null))).resolves.toMatchObject({ observed: 12 });
    await expect(guest.comparison.answer(answerInput(other, null))).rejects.toThrow();
  });
});

describe('the configurations of an experiment', () => {
  const ranked = async (levels: Readonly<Record<string, readonly number[]>>) => {
    const { caller, experimentId } = await recordAll(levels);
    const infos = await caller.runs.fields({ target: { experimentId } });
    const by = summaryFactors(infos, factorsOf('spiral'));
    const { groups } = await caller.grouping.groups(summaryInput(experimentId, by, mainFields(infos)));
    const leader = leaderOf(await caller.comparison.answer(answerInput(experimentId, by)));
    return { order: groups.map(({ values }) => values.join(' ')), leader };
  };

  it('are in order of the mean, the best first and called so where it is distinguishable', async () => {
    const { order, leader } = await ranked(CLEAR);
    expect(order).toEqual(['relu', 'tanh', 'linear']);
    expect(leader).toEqual({ values: ['relu'], isBest: true });
  });

  it('have no best where the comparison names no winner, only a highest mean', async () => {
    const { order, leader } = await ranked(TIED);
    expect(order).toEqual(['tanh', 'relu']);
    expect(leader).toEqual({ values: ['tanh'], isBest: false });
  });

  it('are not marked where there is but one', async () => {
    expect(await ranked({ 'relu adam': [0.9, 0.8, 0.7] })).toEqual({ order: [''], leader: null });
  });
});

describe('the list of experiments', () => {
  it('home shows the best configuration with its mean, interval and seeds, not the latest run', async () => {
    const { store, caller, experimentId, ids } = await recordAll({
      'relu adam': [0.9, 0.8, 0.7],
      'linear adam': [0.5, 0.5, 0.5],
    });
    const { id: empty } = await store.experiments.ensure('empty', 'spiral');
    const found = await caller.experiments.best({ experimentIds: [experimentId, empty] });
    expect(found).toEqual([
      {
        experimentId,
        ...{ by: ['model.activation'], values: ['relu'], key: 'accuracy', n: 3, seeds: 3, diverged: 0 },
        mean: expect.closeTo(0.8, 12),
        half: expect.closeTo(0.2456, 4),
        median: ids['relu adam']?.[1],
      },
    ]);
    const [curve] = await caller.sparklines.list({ experimentIds: [experimentId] });
    expect(curve).toMatchObject({ runId: ids['relu adam']?.[1], last: 0.8 });
  });

  it('knows the best anew when a run has ended, and one that trains does not count', async () => {
    const { store, caller, experimentId } = await recordAll({ 'relu adam': [0.6], 'linear adam': [0.5] });
    const best = async () => (await caller.experiments.best({ experimentIds: [experimentId] }))[0];
    expect(await best()).toMatchObject({ values: ['relu'], half: null, n: 1 });
    const { id } = await record(store, 1, { 'model.activation': 'tanh', 'optimizer.name': 'adam' }, null);
    log(store, id, 'accuracy', 0, [0.95, 0.99]);
    expect(await best()).toMatchObject({ values: ['relu'] });
    await store.runs.end(id, 'finished', { durationMs: 1 });
    expect(await best()).toMatchObject({ values: ['tanh'], mean: 0.99 });
    await store.runs.archive([id]);
    expect(await best()).toMatchObject({ values: ['relu'] });
  });
});
