import { describe, expect, it } from 'vitest';
import { cellAccuracies, settingKey } from '../src/features/labs/model/walk-accuracies.ts';
import { widthVsDepthPlan } from '../src/features/labs/plans/width-vs-depth.ts';

const plan = widthVsDepthPlan();

describe('the line from wide to deep', () => {
  it('has the cost of every position of its slider: weights and biases, and a multiplication for each weight', () => {
    const slider = plan.controls.find(({ name }) => name === plan.walk?.by);
    const options = slider?.kind === 'order' ? slider.options : [];
    expect(options).toHaveLength(8);
    expect(plan.walk?.positions.map(({ id }) => id)).toEqual(options.map(({ name }) => name));
    for (const [i, { value }] of options.entries()) {
      const widths = [2, ...(value as number[]), 2];
      const weights = widths.slice(1).reduce((sum, units, layer) => sum + (widths[layer] as number) * units, 0);
      const biases = widths.slice(1).reduce((sum, units) => sum + units, 0);
      const { parameters, flops } = plan.walk?.positions[i]?.cost ?? {};
      expect({ parameters, multiplications: Number(flops) / 2 }).toEqual({
        parameters: weights + biases,
        multiplications: weights,
      });
    }
  });

  it('keeps the results of one position and data set apart from those of others, whatever the seed', () => {
    const set = { shape: '1 × 100', data: 'moons', seed: 1 };
    const key = settingKey(plan, set);
    expect(settingKey(plan, { ...set, seed: 2 })).toBe(key);
    expect(settingKey(plan, { ...set, data: 'circles' })).not.toBe(key);
    expect(settingKey(plan, { ...set, shape: '2 × 50' })).not.toBe(key);
    const cell = (train: number, test: number) => ({
      train: { loss: 0, accuracy: train },
      test: { loss: 0, accuracy: test },
    });
    expect(cellAccuracies('here', [cell(1, 0.9), cell(0.8, 0.7)])).toEqual({
      ...{ 'here/0/train': 1, 'here/0/test': 0.9 },
      ...{ 'here/1/train': 0.8, 'here/1/test': 0.7 },
    });
  });
});
