import { describe, expect, it } from 'vitest';
import { SOFTMAX_LAB } from '../src/features/softmax-lab/model/lab-fields.ts';
import { softmaxView } from '../src/features/softmax-lab/model/softmax.ts';
import { readView } from '../src/view/view-state.ts';

const at = softmaxView([2, 1, -1], 0, 1);

describe('the softmax of the lab', () => {
  it('is that of the definition: ratios are powers of e, all add up to 1', () => {
    const [a = 0, b = 0, c = 0] = at.stable;
    expect(a + b + c).toBeCloseTo(1, 6);
    expect([a / b, b / c].map((ratio) => ratio.toFixed(4))).toEqual([Math.E.toFixed(4), (Math.E ** 2).toFixed(4)]);
    expect(at.naive.map((p) => p.toFixed(5))).toEqual(at.stable.map((p) => p.toFixed(5)));
    expect(at.naiveLogSum).toBeCloseTo(at.stableLogSum, 5);
  });

  it('overflows at 1000 by the textbook and not in the stable form', () => {
    const far = softmaxView([1000, 0, -1000], 1, 1);
    expect(far.naive[0]).toBeNaN();
    expect([far.naiveLogSum, far.stableLogSum]).toEqual([Number.POSITIVE_INFINITY, 1000]);
    expect([far.stable, far.crossEntropy]).toEqual([[1, 0, 0], 1000]);
    // exp(88) is the last whole power within float32.
    expect(softmaxView([88, 0, 0], 0, 1).naive[0]).toBe(1);
    expect(softmaxView([89, 0, 0], 0, 1).naive[0]).toBeNaN();
  });

  it('is flatter with a temperature, and keeps its order', () => {
    const [warm = 0, other = 0] = softmaxView([2, 1, -1], 0, 5).stable;
    expect(warm).toBeLessThan(at.stable[0] ?? 0);
    expect(warm).toBeGreaterThan(other);
  });

  it.each([0, 1, 2])('has the slopes of finite differences, label %i', (label) => {
    const logits = [0.3, -0.2, 0.5];
    const step = 1e-2; // single precision: smaller steps drown in rounding
    const slopeOf = (loss: 'crossEntropy' | 'squaredError', i: number) => {
      const moved = (by: number) =>
        softmaxView(
          logits.map((z, j) => (i === j ? z + by : z)),
          label,
          1,
        )[loss];
      return (moved(step) - moved(-step)) / (2 * step);
    };
    const { crossEntropySlope, squaredErrorSlope } = softmaxView(logits, label, 1);
    for (const i of logits.keys()) {
      expect(crossEntropySlope[i]).toBeCloseTo(slopeOf('crossEntropy', i), 3);
      expect(squaredErrorSlope[i]).toBeCloseTo(slopeOf('squaredError', i), 3);
    }
  });

  it('tells a confident mistake apart: cross-entropy pushes back with nearly 1, squared error with nearly nothing', () => {
    const wrong = softmaxView([-8, 8, -8], 0, 1);
    expect(wrong.crossEntropySlope[0]).toBeCloseTo(-1, 3);
    expect(Math.abs(wrong.squaredErrorSlope[0] ?? 1)).toBeLessThan(1e-5);
  });

  it('has its state in the address, and says what an address cannot mean', () => {
    const read = (text: string) => readView(SOFTMAX_LAB, new URLSearchParams(text));
    expect(read('z=1000,0,-5&t=2&y=1').view).toEqual({ z: [1000, 0, -5], t: 2, y: 1 });
    expect(read('z=1,2').bad[0]).toMatchObject({ name: 'z', came: '1,2' });
    expect(read('z=a,b,c&t=0').bad).toHaveLength(2);
    expect(read('').view).toEqual({ z: [2, 1, -1], t: 1, y: 0 });
  });
});
