import {
  buildConfig,
  type Config,
  flatten,
  getStudy,
  judgeStudy,
  STUDIES,
  type TrainingStudy,
  trainingStudy,
} from '@whorl/core';
import type { Store } from '@whorl/store';
import { describe, expect, it } from 'vitest';
import { levelsAmong, looksBy } from '../src/charts/looks.ts';
import type { MeasuredEvidence } from '../src/contract/evidence.ts';
import { comparisonAddress, runsAddress } from '../src/features/concepts/model/evidence-links.ts';
import { intervalPlaces } from '../src/features/concepts/model/interval-scale.ts';
import { picturedRows } from '../src/features/concepts/model/pictured.ts';
import { claimsOf, evidenceOf } from '../src/server/record/claims.ts';

import { PAGE_FIGURES } from '../src/server/record/page-figures.ts';
import { createCaller } from '../src/server/router.ts';
import { guestOf, ownerOf, temporaryStore } from './record.ts';

const TRAINING = STUDIES.filter((study): study is TrainingStudy => study.kind === 'training');
const AT = new Date('2026-11-01T00:00:00Z');

/** Some numbers for every metric that a claim is judged by, which differ from configuration to configuration. */
function measured(params: Readonly<Record<string, unknown>>, seed: number): Record<string, number> {
  const level = JSON.stringify(Object.entries(params).filter(([path]) => path !== 'seed'));
  const size = [...level].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7) / 997;
  const value = 0.3 + 0.6 * size + 0.002 * seed;
  const loss = 0.1 + Math.abs(Math.log10(Number(params['optimizer.lr']) / 0.01)) + 0.01 * value;
  return {
    ...{
      accuracy: value,
      testAccuracy: value * 0.9,
      loss,
      testLoss: 1,
      ece: value / 10,
      oscillation: value,
    },
    ...{ stepsTo90: 1000 * value, stepsTo95: 1000 * value, initialGradientRatio: value, parameters: 100 },
    ...{
      optimizerBytes: params['optimizer.name'] === 'sgd' ? 0 : 800,
      'activationMean.1': value,
      'activationStd.1': 1,
    },
  };
}

/** Records runs as they would have been trained: their params are texts then. */
async function record(store: Store, study: string, name: string, runs: readonly { config: Config; metrics: object }[]) {
  const { id: experimentId } = await store.experiments.ensure(name, study);
  await store.runs.insertMany(
    runs.map(({ config, metrics }) => ({
      ...{ experimentId, config, name: 'a run', engine: 'cpu', mode: 'eager', environment: {}, command: 'whorl run' },
      ...{ status: 'finished', createdAt: AT, startedAt: AT, endedAt: AT, durationMs: 1000, tags: {} },
      metrics: Object.fromEntries(
        Object.entries(metrics).map(([key, { last }]) => {
          const column = Float64Array.of(last);
          return [key, { steps: Float64Array.of(0), values: column, times: Float64Array.of(0) }];
        }),
      ),
    })),
  );
  return experimentId;
}

/** Made-up runs of a study's quick variants. */
const quickRuns = (study: TrainingStudy) =>
  study.variants('quick').flatMap((values) =>
    [1, 2, 3].map((seed) => {
      const config = buildConfig(study.defaults, { ...values, seed });
      const entries = Object.entries(measured(flatten(config), seed));
      return {
        config,
        metrics: Object.fromEntries(entries.map(([key, value]) => [key, { last: value, min: value, max: value }])),
      };
    }),
  );

describe('the recorded runs that a concept page shows', () => {
  it.each(TRAINING)('bug: those of $id were found by params, which come back as text: none ever was', async (study) => {
    const store = await temporaryStore();
    const runs = quickRuns(study);
    const experimentId = await record(store, study.id, 'mine', runs);
    const evidence = await evidenceOf(store, study);
    expect(evidence?.experiment.id).toBe(experimentId);
    expect([evidence?.claims.runs, evidence?.claims.seeds, evidence?.claims.at]).toEqual([runs.length, 3, AT]);
    // What the page says is what the judges say of the runs as they were made up.
    const made = runs.map(({ config, metrics }) => ({ params: flatten(config), metrics, durationMs: 1000 }));
    const judged = judgeStudy(study, { runs: made, demonstrations: [] });
    const own = (claims: readonly { verdict: { en: string; zh: string } }[]) => claims.map(({ verdict }) => verdict);
    expect(own(evidence?.claims.claims ?? [])).toEqual(own(judged.claims));
    expect(judged.claims.filter(({ verdict }) => /not enough runs/i.test(verdict.en))).toEqual([]);
    // Each configuration that the page shows has its three seeds, and each number of its sentences is theirs.
    const { evidence: shown, figures } = await createCaller(ownerOf(store)).concepts.record({ study: study.id });
    expect(new Set(shown?.measured?.rows.map(({ summary }) => summary?.n))).toEqual(new Set([3]));
    expect(Object.keys(figures)).toEqual(Object.keys(PAGE_FIGURES[study.id] ?? {}));
    expect(Object.values(figures).filter(({ n }) => n !== 3)).toEqual([]);
    // The page of the experiment says the same, to who has a link as well.
    const asked = { experimentId };
    const { context } = await guestOf(store, experimentId);
    expect(await createCaller(ownerOf(store)).experiments.claims(asked)).toEqual(evidence?.claims);
    expect(await createCaller(context).experiments.claims(asked)).toEqual(evidence?.claims);
  });

  it('are those at the settings of the study alone, each once, of the experiment that has the most', async () => {
    const store = await temporaryStore();
    const study = trainingStudy('spiral');
    const runs = quickRuns(study);
    const experimentId = await record(store, 'spiral', 'whole', [...runs, ...runs]);
    const other = { ...runs[0]?.config, epochs: 3 } as Config;
    await record(store, 'spiral', 'other', [{ config: other, metrics: runs[0]?.metrics ?? {} }]);
    const evidence = await evidenceOf(store, study);
    expect([evidence?.experiment.id, evidence?.claims.runs]).toEqual([experimentId, runs.length]);
    const { id } = await store.experiments.get('other');
    expect(await claimsOf(store, { id, study: 'spiral' })).toMatchObject({ runs: 0, seeds: 0, at: null });
    expect(await claimsOf(store, { id, study: 'a later one' })).toBeNull();
  });

  it.each(['tensors', 'softmax'])(
    'bug: what %s demonstrates was undecided on every page, beside a command that recorded nothing',
    async (id) => {
      const store = await temporaryStore();
      const study = getStudy(id);
      expect(await evidenceOf(store, study)).toBeNull();
      const { id: experimentId } = await store.experiments.ensure('mine', id);
      await store.experiments.ensure('empty', id);
      const shown = ['first', 'second'].map((title) => {
        return { title: { en: title, zh: '演示' }, code: '1 + 1', output: { en: 'two', zh: '二' }, holds: true };
      });
      const outcome = async (caller: ReturnType<typeof createCaller>) =>
        (await caller.experiments.claims({ experimentId }))?.claims.at(-1)?.outcome;
      const { context } = await guestOf(store, experimentId);
      const [owner, guest] = [createCaller(ownerOf(store)), createCaller(context)];
      expect([await outcome(owner), await outcome(guest)]).toEqual(['undecided', 'undecided']);

      await store.demonstrations.keep(experimentId, 'native', shown);
      expect([await outcome(owner), await outcome(guest)]).toEqual(['shown', 'shown']);
      const evidence = await evidenceOf({ ...store }, study); // another store: what one page asks is read once
      expect(evidence?.experiment.id).toBe(experimentId);
      expect(evidence?.claims).toMatchObject({ runs: 0, at: null, shown: { demonstrations: shown, engine: 'native' } });
      expect(evidence?.claims.shown?.at).toBeInstanceOf(Date);
      expect(await guest.experiments.claims({ experimentId })).toEqual(evidence?.claims);

      await store.demonstrations.keep(experimentId, 'native', [
        { ...shown[0], holds: false } as (typeof shown)[number],
      ]);
      expect(await outcome(owner)).toBe('refuted');
    },
  );

  it('are shown by configuration: of the course first, and of the rates that were searched the best', async () => {
    const store = await temporaryStore();
    const study = trainingStudy('spiral');
    const made = (values: Record<string, unknown>, accuracy: number, more: Record<string, { last: number }> = {}) => ({
      config: buildConfig(study.defaults, values),
      metrics: { trainAccuracy: { last: accuracy }, ...more },
    });
    const [linear, relu] = [{ 'model.activation': 'linear' }, { 'model.activation': 'relu' }];
    const sgd = { 'optimizer.name': 'sgd' };
    const experimentId = await record(store, 'spiral', 'grid', [
      ...[0.5, 0.54].map((accuracy, i) => made({ ...linear, ...sgd, seed: i + 1 }, accuracy)),
      made({ ...linear, ...sgd, 'optimizer.lr': 1 }, 0.51),
      made({ ...relu, ...sgd, 'optimizer.lr': 1 }, 0.99),
      made({ ...relu, ...sgd, 'optimizer.lr': 0.01 }, 0.7),
      made({ ...relu, 'optimizer.lr': 1 }, 0.33, { loss: { last: Number.NaN } }), // it diverged
      made({ ...relu, epochs: 3 }, 0.1), // another training: no evidence
    ]);
    const asked = createCaller(ownerOf(store)).concepts.record({ study: 'spiral' });
    const { evidence } = await asked;
    expect(evidence?.experiment).toEqual({ id: experimentId, name: 'grid' });
    const { rows = [], ...measured } = evidence?.measured ?? {};
    expect(measured).toMatchObject({ metric: 'trainAccuracy', searched: 'optimizer.lr', varying: study.factors });
    expect(
      rows.map(({ label, reported, summary, diverged }) => [label, reported, summary?.mean ?? null, diverged]),
    ).toEqual([
      ['linear · sgd · lr=0.001', 0.504, 0.52, 0],
      ['relu · adam · lr=0.001', 0.949, null, 0],
      ['relu · adam · lr=1', null, null, 1],
      ['relu · sgd · lr=1', null, 0.99, 0],
    ]);
    // Its pictures are of its own runs, the smallest seed first.
    const recorded = await store.runs.list(experimentId);
    const named = rows.map(({ runIds }) =>
      runIds.map((id) => {
        const config = recorded.items.find((run) => run.id === id)?.config;
        return config && `${JSON.stringify(config.optimizer)} ${config.seed}`;
      }),
    );
    expect(named[0]).toEqual([1, 2].map((seed) => expect.stringMatching(new RegExp(`"lr":0.001.* ${seed}$`))));
    expect(named.map((own) => own.length)).toEqual([2, 0, 1, 1]);
    expect(picturedRows({ ...measured, rows } as MeasuredEvidence)).toMatchObject({
      count: 3,
      shown: [rows[0], rows[2], rows[3]].map((row) => ({ name: row?.label, runIds: row?.runIds })),
    });
    // The comparison that the page leads to says the same of each configuration.
    const { levels } = await createCaller(ownerOf(store)).comparison.analyse({
      target: { experimentId, query: 'epochs = 1000' },
      metric: 'metrics.trainAccuracy',
      by: [...study.factors],
    });
    for (const { values, summary } of rows.filter(({ runs }) => runs > 0))
      expect(levels.find((level) => JSON.stringify(level.values) === JSON.stringify(values))?.summary).toEqual(summary);
  });

  it('contradict a sentence that says otherwise, and leave the others as they are', async () => {
    const store = await temporaryStore();
    const study = trainingStudy('spiral');
    const runs = [1, 2, 3].map((seed) => ({
      config: buildConfig(study.defaults, { seed }),
      metrics: { trainAccuracy: { last: 0.5 + seed / 1000 } },
    }));
    await record(store, 'spiral', 'poor', runs);
    const { figures } = await createCaller(ownerOf(store)).concepts.record({ study: 'spiral' });
    expect(figures).toEqual({
      courseRelu: { mean: 0.502, n: 3, without: 0, isContradicted: true, values: ['relu', 'adam', 0.001] },
    });
  });

  it('are pictured as they look in a comparison, as many as a column of text holds', () => {
    const names = [...Array(12).keys()].map((i) => `c${i}`);
    const row = { summary: null, runs: 1, diverged: 0, never: 0, reported: null };
    const rows = names.map((name) => ({ ...row, label: name, values: [name, null], runIds: [`run of ${name}`] }));
    const { shown, count } = picturedRows({ factors: ['a', 'b'], varying: ['a'], rows });
    expect([count, shown.map(({ name }) => name)]).toEqual([12, names.slice(0, 9)]);
    const lookOf = looksBy(
      ['a'],
      levelsAmong(
        names.map((a) => ({ params: { a } })),
        ['a'],
      ),
    );
    expect(shown.map(({ look }) => look)).toEqual(names.slice(0, 9).map((name) => lookOf(() => name)));
  });

  it('lead to their runs and to the comparison', () => {
    const measured = { metric: 'trainAccuracy', factors: ['a.b', 'c'], varying: ['c'], levels: 3 };
    expect(runsAddress('id', measured, { values: ['x', 0.1] })).toBe(
      `/experiments/id?q=${encodeURIComponent('c = 0.1')}`,
    );
    expect(comparisonAddress('id', measured)).toBe('/compare?experiment=id&metric=metrics.trainAccuracy&by=c');
    const many = { ...measured, varying: ['a', 'b', 'c'], levels: 90 };
    expect(comparisonAddress('id', many)).toContain('by=a%2Cb');
  });

  it('lie beside each other on one scale, a logarithmic one where they differ by orders of magnitude', () => {
    const row = (mean: number, ci95: [number, number] | null = null) => ({ summary: { n: 3, mean, sd: 1, ci95 } });
    expect(intervalPlaces([row(0), row(5, [4, 10]), { summary: null }])).toEqual([
      { mean: 0, low: 0, high: 0 },
      { mean: 50, low: 40, high: 100 },
      null,
    ]);
    expect(intervalPlaces([row(1), row(100), row(10_000)]).map((place) => place?.mean)).toEqual([0, 50, 100]);
    expect(intervalPlaces([row(3), row(3)]).map((place) => place?.mean)).toEqual([50, 50]);
    expect(intervalPlaces([])).toEqual([]);
  });
});
