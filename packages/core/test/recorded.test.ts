import { describe, expect, it } from 'vitest';
import { buildConfig, judgeRecorded, judgeStudy, type RecordedRun, type Scale, trainingStudy } from '../src/index.ts';

const spiral = trainingStudy('spiral');
type Values = Readonly<Record<string, unknown>>;

/** What a run reaches. At the rates that the quick plan tries ReLU does best with SGD; at 0.1, with Adam. */
function accuracyOf({ 'model.activation': activation, 'optimizer.name': optimizer, 'optimizer.lr': rate }: Values) {
  if (activation === 'linear') return 0.5;
  if (optimizer === 'sgd') return rate === 1 ? 0.98 : 0.55;
  return rate === 0.1 ? 1 : 0.9;
}

const run = (values: Values, seed: number): RecordedRun => {
  const last = accuracyOf(values) + 1e-4 * seed * (values['optimizer.name'] === 'sgd' ? 1 : 2);
  return {
    status: 'finished',
    config: buildConfig(spiral.defaults, { ...values, seed }),
    metrics: [{ key: 'trainAccuracy', last, min: last, max: last }],
    durationMs: 1,
  };
};

const runsOf = (scale: Scale, seeds: readonly number[], keep: (values: Values) => boolean = () => true) =>
  spiral
    .variants(scale)
    .filter(keep)
    .flatMap((values) => seeds.map((seed) => run(values, seed)));

describe('a study that is judged by what is recorded', () => {
  it('bug: runs of the full and of the quick plan were judged together, and part of the one changed what the other says', () => {
    const quick = runsOf('quick', [1, 2, 3]);
    const some = runsOf(
      'full',
      [1, 2, 3],
      (values) => values['optimizer.lr'] === 0.1 && values['optimizer.name'] === 'adam',
    );
    expect(some).toHaveLength(6);
    const alone = judgeRecorded(spiral, quick);
    expect(alone).toMatchObject({ scale: 'quick', configurations: 12, complete: 12, seeds: 3, supported: true });
    const both = judgeRecorded(spiral, [...some, ...quick]);
    expect(both).toEqual(alone);
    // What came of it before: Adam's 1 against SGD's 0.98, which no plan compares.
    const { numbers } = judgeStudy(spiral, {
      runs: [...some, ...quick].map(({ config, metrics, durationMs }) => ({
        params: {
          seed: config?.seed ?? 0,
          'model.activation': config?.model.name === 'mlp' ? config.model.activation : '',
          'optimizer.name': config?.optimizer.name ?? '',
          'optimizer.lr': config?.optimizer.lr ?? 0,
        },
        metrics: Object.fromEntries(metrics.map((metric) => [metric.key, metric])),
        durationMs,
      })),
      demonstrations: [],
    });
    expect(numbers['relu · adam']).toBeCloseTo(1, 2);
    expect(both.numbers['relu · adam']).toBeCloseTo(0.9, 2);
  });

  it('is judged by the full plan as soon as all of that has seeds enough', () => {
    const full = runsOf('full', [1, 2, 3]);
    expect(judgeRecorded(spiral, full)).toMatchObject({ scale: 'full', configurations: 16, complete: 16 });
    expect(judgeRecorded(spiral, full).numbers['relu · adam']).toBeCloseTo(1, 2);
    // Without one run of a rate that the quick plan does not have, that one is left.
    const at = full.findIndex(({ config }) => config?.optimizer.lr === 0.1);
    const less = full.filter((_, i) => i !== at);
    expect(judgeRecorded(spiral, less)).toMatchObject({ scale: 'quick', configurations: 12, complete: 12 });
    const failed = full.map((one, i) => (i === at ? { ...one, status: 'failed' } : one));
    expect(judgeRecorded(spiral, failed)).toEqual(judgeRecorded(spiral, less));
  });

  it('bug: a claim was refuted by the rates that were tried so far', () => {
    // ReLU with SGD was tried at the rate alone that starves it.
    const isLeft = (values: Values) => accuracyOf(values) === 0.98;
    const begun = runsOf('full', [1, 2, 3, 4, 5], (values) => !isLeft(values));
    const { claims, supported, complete, configurations } = judgeRecorded(spiral, begun);
    expect([complete, configurations, supported]).toEqual([15, 16, null]);
    expect(claims[0]?.verdict.en).toMatch(
      /^Not decided yet: 15 of the 16 configurations have 3 seeds or more\. So far:\n/,
    );
    expect(claims[0]?.verdict.zh).toMatch(/^尚无定论：16 种配置中有 15 种/);
  });

  it('has a full plan of as many seeds as the course asks for, where both plans try the same', () => {
    const study = trainingStudy('activations');
    const of = (seeds: readonly number[]) =>
      study
        .variants('full')
        .flatMap((values) =>
          seeds.map((seed) => ({ ...run({}, seed), config: buildConfig(study.defaults, { ...values, seed }) })),
        );
    expect(judgeRecorded(study, of([1, 2, 3]))).toMatchObject({ scale: 'quick', seeds: 3 });
    expect(judgeRecorded(study, of([1, 2, 3, 4, 5]))).toMatchObject({ scale: 'full', seeds: 5 });
    expect(judgeRecorded(study, of([1, 2]))).toMatchObject({ scale: 'quick', complete: 0 });
  });

  it('decides what is no matter of runs without them', () => {
    const study = trainingStudy('softmax');
    const shown = { title: { en: 'a', zh: '甲' }, code: '', output: { en: 'b', zh: '乙' }, holds: true };
    const [, , form] = judgeRecorded(study, [], [shown]).claims;
    expect(form?.supported).toBe(true);
    expect(judgeRecorded(trainingStudy('spiral'), []).supported).toBeNull();
  });
});
