import { describe, expect, it } from 'vitest';
import { instantiate } from '../src/train/portable/module.ts';
import { floatsOf, MemoryPlan } from '../src/train/portable/plan.ts';

// The elementary functions of the portable engine beside float64.

const { expm1, log, log1p, sqrt, abs, PI, SQRT1_2 } = Math;

/** The normal distribution below x: its series near 0, the continued fraction of its tail beyond. */
function phi(x: number): number {
  const a = abs(x);
  if (a < 3) {
    let [sum, term] = [0, a];
    for (let n = 1; abs(term) > 1e-22; n++) {
      sum += term;
      term *= (a * a) / (2 * n + 1);
    }
    const half = (sum * Math.exp((-a * a) / 2)) / sqrt(2 * PI);
    return x < 0 ? 0.5 - half : 0.5 + half;
  }
  let fraction = 0;
  for (let k = 200; k > 0; k--) fraction = k / (a + fraction);
  const tail = Math.exp((-a * a) / 2) / sqrt(2 * PI) / (a + fraction);
  return x < 0 ? tail : 1 - tail;
}
const density = (x: number) => Math.exp((-x * x) / 2) / sqrt(2 * PI);
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const softplus = (x: number) => Math.max(x, 0) + log1p(Math.exp(-abs(x)));

const NAMES = [
  'exp',
  'expOfNegative',
  'expm1OfNegative',
  'log',
  'log1p',
  'tanh',
  'sigmoid',
  'softplus',
  'phi',
  'geluSlope',
];
const COUNT = 4096;
const plan = new MemoryPlan();
const [x, y] = [plan.words(COUNT), plan.words(COUNT)];
const { kernels, memory } = await instantiate(plan.bytes);

function apply(name: string, values: readonly number[]): number[] {
  floatsOf(memory, x).fill(0).set(values);
  kernels.apply(NAMES.indexOf(name), x.at, y.at, COUNT);
  return [...floatsOf(memory, y).subarray(0, values.length)];
}

/** The distance to the next float32 from a value on. */
const ulp = (value: number) => 2 ** Math.max(-149, Math.floor(Math.log2(abs(value))) - 23);

/** The largest error between two ends, in ulp or as it is. */
function worst(name: string, f: (x: number) => number, from: number, to: number, kind: 'ulp' | 'absolute'): number {
  const values = Array.from({ length: COUNT }, (_, i) => Math.fround(from + ((to - from) * i) / (COUNT - 1)));
  const found = apply(name, values);
  return Math.max(
    ...values.map((value, i) => {
      const exact = f(value);
      const off = abs((found[i] as number) - exact);
      return off === 0 ? 0 : kind === 'ulp' ? off / ulp(exact) : off;
    }),
  );
}

describe('elementary functions are within their stated errors of float64', () => {
  it.each<[string, (x: number) => number, number, number, number, ('ulp' | 'absolute')?]>([
    ['exp', Math.exp, -87.3, 88.7, 2],
    ['exp', Math.exp, -1, 1, 2],
    ['expOfNegative', Math.exp, -87.3, 0, 2],
    ['expm1OfNegative', expm1, -20, 0, 2],
    ['expm1OfNegative', expm1, -1e-3, 0, 2],
    ['log', log, 1e-3, 2, 2],
    ['log', log, 1, 3e38, 2],
    ['log', log, 1e-45, 1e-37, 2],
    ['log1p', log1p, 0, 1, 2],
    ['log1p', log1p, 0, 1e-6, 2],
    ['tanh', Math.tanh, -12, 12, 3],
    ['tanh', Math.tanh, -1e-3, 1e-3, 3],
    ['sigmoid', sigmoid, -20, 20, 3],
    ['sigmoid', sigmoid, -87, -20, 3],
    ['softplus', softplus, -20, 20, 2],
    ['softplus', softplus, -80, -20, 3],
    ['phi', phi, -3, 8, 12],
    ['phi', phi, -5, 8, 3e-7, 'absolute'],
    ['geluSlope', (v) => phi(v) + v * density(v), -8, 8, 3e-7, 'absolute'],
  ])('%s', (name, f, from, to, most, kind = 'ulp') => {
    expect(worst(name, f, from, to, kind)).toBeLessThanOrEqual(most);
  });

  it.each<[string, readonly number[], readonly number[]]>([
    ['exp', [0, -0, Infinity, -Infinity, 89, -88, NaN, 1e-40], [1, 1, Infinity, 0, Infinity, 0, NaN, 1]],
    ['expOfNegative', [0, -0, -Infinity, -88, NaN], [1, 1, 0, 0, NaN]],
    ['expm1OfNegative', [0, -Infinity, -100, NaN], [0, -1, -1, NaN]],
    ['log', [0, -0, 1, Infinity, -1, -Infinity, NaN], [-Infinity, -Infinity, 0, Infinity, NaN, NaN, NaN]],
    ['log1p', [0, 1, NaN], [0, Math.fround(Math.LN2), NaN]],
    ['tanh', [0, -0, Infinity, -Infinity, 20, -20, NaN], [0, -0, 1, -1, 1, -1, NaN]],
    ['sigmoid', [0, Infinity, -Infinity, 200, -200, NaN], [0.5, 1, 0, 1, 0, NaN]],
    ['softplus', [Infinity, -Infinity, 200, -200, NaN], [Infinity, 0, 200, 0, NaN]],
    ['phi', [0, 20, -20, NaN], [0.5, 1, 0, NaN]],
  ])('%s at special values', (name, values, wanted) => {
    expect(apply(name, values).map((value) => (name === 'phi' ? Math.round(value * 1e6) / 1e6 : value))).toEqual(
      wanted,
    );
  });
});

it('rounds as sqrt(1/2) should: the constants of the tests are those of float64', () => {
  expect(phi(SQRT1_2) - phi(-SQRT1_2)).toBeCloseTo(0.5204998778130465, 14); // erf(1/2)
});
