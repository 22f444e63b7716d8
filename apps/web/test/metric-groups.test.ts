import { describe, expect, it } from 'vitest';
import { groupMetrics, matchesMetric } from '../app/[locale]/_components/metric-groups.ts';

const metric = (key: string) => ({ key, count: 1, lastStep: 0, last: 0, min: 0, minStep: 0, max: 0, maxStep: 0 });

describe('the table of a run with 85 metrics', () => {
  it('folds each measure of its layers into one row, layers by number, and keeps the others open and first', () => {
    const keys = [
      'accuracy',
      ...['gradientNorm', 'deadUnits', 'activationMean', 'activationStd'].flatMap((measure) =>
        Array.from({ length: 21 }, (_, i) => `${measure}.${i + 1}`).sort(),
      ),
      'loss',
    ];
    const groups = groupMetrics(keys.map(metric));
    expect(groups.map((group) => (group.kind === 'metric' ? group.metric.key : group.measure))).toEqual([
      'accuracy',
      'loss',
      'gradientNorm',
      'deadUnits',
      'activationMean',
      'activationStd',
    ]);
    const first = groups[2];
    expect(first?.kind === 'layers' && first.metrics.map(({ key }) => key)).toEqual(
      Array.from({ length: 21 }, (_, i) => `gradientNorm.${i + 1}`),
    );
  });

  it('does not fold one or two layers', () => {
    const groups = groupMetrics(['loss', 'gradientNorm.2', 'gradientNorm.1'].map(metric));
    expect(groups.map((group) => group.kind === 'metric' && group.metric.key)).toEqual([
      'loss',
      'gradientNorm.1',
      'gradientNorm.2',
    ]);
  });

  it('is searched by words of the name or of the key, in any order', () => {
    expect(matchesMetric('layer grad', 'gradientNorm.3', 'Gradient of layer 3')).toBe(true);
    expect(matchesMetric('gradientNorm.3', 'gradientNorm.3', 'Gradient of layer 3')).toBe(true);
    expect(matchesMetric('dead', 'gradientNorm.3', 'Gradient of layer 3')).toBe(false);
    expect(matchesMetric('梯度', 'gradientNorm.3', '第 3 层的梯度')).toBe(true);
    expect(matchesMetric('ÉTUDE', 'etude', 'e\u0301tude')).toBe(true);
    expect(matchesMetric('ＡＣＣ', 'accuracy', '准确率')).toBe(true);
  });
});
