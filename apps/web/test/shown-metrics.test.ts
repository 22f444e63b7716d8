import { describe, expect, it } from 'vitest';
import { shownMetrics } from '../src/features/curves/model/shown-metrics.ts';

const metrics = ['accuracy', 'gradientNorm', 'gradientNorm.0', 'loss', 'stepsTo90', 'testAccuracy'];

describe('the charts of some runs', () => {
  it('bug: a figure that was measured once, after the training, took a chart for its one point', () => {
    const once = ['stepsTo90', 'testAccuracy'];
    expect(shownMetrics({ metrics, once }, [])).toEqual(['loss', 'accuracy', 'gradientNorm']);
    expect(shownMetrics({ metrics, once }, ['testAccuracy']), 'who asks for it sees it').toEqual(['testAccuracy']);
  });

  it('are of everything where nothing makes a curve, and of single layers where there is nothing else', () => {
    expect(shownMetrics({ metrics, once: metrics }, [])).toEqual([
      ...['loss', 'accuracy', 'testAccuracy', 'gradientNorm', 'stepsTo90'],
    ]);
    expect(shownMetrics({ metrics: ['a.0', 'a.1'], once: [] }, [])).toEqual(['a.0', 'a.1']);
    expect(shownMetrics({ metrics: [], once: [] }, [])).toEqual([]);
  });
});
