import { describe, expect, it } from 'vitest';
import { matchesMetric } from '../src/contract/metric-search.ts';
import { formatMetrics, groupMetrics } from '../src/features/run/model/metric-groups.ts';

const metric = (key: string) => ({
  key,
  count: 1,
  lastStep: 0,
  last: 0,
  lastTime: 0,
  min: 0,
  minStep: 0,
  max: 0,
  maxStep: 0,
});

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

  it('bug: the numbers of a metric, and of all layers of a measure, line up: they have the same decimals', () => {
    const of = (key: string, last: number, min = last, max = last) => ({ ...metric(key), last, min, max });
    const written = formatMetrics(
      groupMetrics([
        of('accuracy', 0.9419, 0.3, 0.95),
        of('stepsTo90', 247),
        of('loss', 12.5, 0.16234, 12.5),
        of('gradientNorm.1', 0.5),
        of('gradientNorm.2', 0.0123),
        of('gradientNorm.3', 1.25e-9),
      ]),
    );
    const texts = written.map(({ metric: { key }, texts: { last, min } }) => [key, last, min]);
    expect(texts).toEqual([
      ['accuracy', '0.9419', '0.3000'],
      ['stepsTo90', '247', '247'],
      ['loss', '12.5000', '0.1623'],
      ['gradientNorm.1', '0.5000', '0.5000'],
      ['gradientNorm.2', '0.0123', '0.0123'],
      ['gradientNorm.3', '1.25e-9', '1.25e-9'],
    ]);
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
