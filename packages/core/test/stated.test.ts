import { describe, expect, it } from 'vitest';
import { buildConfig, measuredRows, type RecordedRun, statedNumber, trainingStudy } from '../src/index.ts';

const study = trainingStudy('spiral');
const [LINEAR, RELU] = [{ 'model.activation': 'linear' }, { 'model.activation': 'relu' }];

/** Finished runs of a configuration, one for each value, with seeds from 1 on. */
const runsOf = (values: Record<string, unknown>, accuracies: readonly number[]): RecordedRun[] =>
  accuracies.map((last, i) => ({
    status: 'finished',
    config: buildConfig(study.defaults, { ...values, seed: i + 1 }),
    metrics: [{ key: 'trainAccuracy', last, min: last, max: last }],
    durationMs: 1,
  }));

const asks = { metric: 'trainAccuracy', values: RELU };

describe('a number that a sentence states', () => {
  const runs = [...runsOf(RELU, [0.95, 0.96, 0.97]), ...runsOf(LINEAR, [0.5, 0.51, 0.52])];

  it('is the mean that the table of the study says', () => {
    const row = measuredRows(study, runs).find(({ values }) => values[0] === 'relu');
    expect(statedNumber(study, runs, asks)?.summary).toEqual(row?.summary);
    expect(statedNumber(study, [], asks)).toBeNull();
  });

  it.each([
    ['at least what it is', { least: 0.95 }, false],
    ['at least what its interval still holds', { least: 0.97 }, false],
    ['at least more', { least: 0.999 }, true],
    ['at most more', { most: 0.97 }, false],
    ['at most less', { most: 0.6 }, true],
    ['below a smaller one', { below: LINEAR }, true],
    ['below one that was not run', { below: { 'model.activation': 'tanh' } }, false],
  ])('%s: contradicted %s', (_, bound, contradicted) => {
    expect(statedNumber(study, runs, { ...asks, ...bound })?.isContradicted).toBe(contradicted);
  });

  it('is below a larger one', () => {
    const stated = { metric: 'trainAccuracy', values: LINEAR, below: RELU };
    expect(statedNumber(study, runs, stated)?.isContradicted).toBe(false);
  });

  it('is contradicted by no fewer than three seeds', () => {
    const two = runsOf(RELU, [0.5, 0.5]);
    expect(statedNumber(study, two, { ...asks, least: 0.9 })?.isContradicted).toBe(false);
    const third = runsOf(RELU, [0.5, 0.5, 0.5]);
    expect(statedNumber(study, third, { ...asks, least: 0.9 })?.isContradicted).toBe(true);
  });

  it('bug: where all runs diverged the page said that no such run is recorded', () => {
    const diverged = (count: number) =>
      runsOf(RELU, new Array(count).fill(0.3)).map((run) => ({
        ...run,
        metrics: [...run.metrics, { ...NAN, key: 'loss' }],
      }));
    expect(statedNumber(study, diverged(3), asks)).toEqual({ summary: null, without: 3, isContradicted: true });
    expect(statedNumber(study, diverged(2), asks)).toEqual({ summary: null, without: 2, isContradicted: false });
    const some = [...diverged(1), ...runs.slice(1)];
    expect(statedNumber(study, some, asks)).toMatchObject({ summary: { n: 2 }, without: 1, isContradicted: false });
  });

  it('is a power of ten where these are averaged', () => {
    const small = runsOf(RELU, [1e-4, 1e-6]);
    expect(statedNumber(study, small, { ...asks, byPowers: true })?.summary?.mean).toBeCloseTo(-5, 12);
  });
});

const NAN = { last: Number.NaN, min: Number.NaN, max: Number.NaN };
