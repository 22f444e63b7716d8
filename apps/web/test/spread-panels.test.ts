import { describe, expect, it } from 'vitest';
import {
  allBins,
  beyondOf,
  type SpreadGroup,
  sharesAroundZero,
  spreadPanel,
  spreadShare,
} from '../src/features/compare/model/spread-panels.ts';

const histogram = (counts: number[], rest: { below?: number; above?: number; nan?: number } = {}) => ({
  range: [-2, 2] as [number, number],
  counts,
  ...{ below: 0, above: 0, nan: 0, ...rest },
});
const group = (looks: SpreadGroup['spread']['looks']): SpreadGroup => ({
  key: 'relu',
  name: 'ReLU',
  look: undefined,
  spread: { layer: 1, looks },
});

describe('how activations are spread', () => {
  const relu = group([
    { step: 0, runs: 3, histogram: histogram([1, 1, 1, 1]) },
    { step: 10, runs: 3, histogram: histogram([0, 0, 15, 1], { below: 2, nan: 2 }) },
  ]);

  it('is a column a step and a row a bin, the greatest values on top', () => {
    const told: unknown[] = [];
    const panel = spreadPanel(relu, 'ReLU', (...all) => {
      told.push(all);
      return [];
    });
    expect([panel.rows, panel.columns]).toEqual([4, 2]);
    expect(panel.share(1, 1)).toBe(spreadShare(15 / 20));
    expect(panel.share(0, 1)).toBe(spreadShare(1 / 20));
    expect(panel.share(3, 1)).toBeNull();
    panel.tell(0, 1);
    expect(told).toEqual([[relu.spread.looks[1], 1, 2, 1 / 20]]);
    expect(panel.xTicks).toEqual([
      { at: 0, text: '0' },
      { at: 2, text: '10' },
    ]);
    expect(panel.yTicks.map(({ text }) => text)).toEqual(['2', '0', '−2']);
  });

  it('is in numbers what it is in the picture', () => {
    expect(beyondOf([relu])).toBe(4);
    // Two bins touch zero and are near it.
    expect(sharesAroundZero([relu])).toEqual([
      ['ReLU', 0, 0.25, 0.5, 0.25, 0],
      ['ReLU', 10, 2 / 20, 15 / 20, 1 / 20, 2 / 20],
    ]);
    expect(allBins([relu])).toHaveLength(8);
    expect(allBins([relu])[6]).toEqual(['ReLU', 10, 0, 1, 15, 3]);
  });
});
