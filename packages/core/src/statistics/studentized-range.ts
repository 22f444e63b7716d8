import jStat from 'jstat';
import { normalCdf, normalDensity } from './normal.ts';

// The range of k means over their standard error: the distribution of the largest of all k(k - 1)/2 differences where
// nothing differs (Tukey 1953). jStat takes 2 ms for a value; a comparison of 40 levels asks for 780 values.

/**
 * The probability that the range of `k` means of equal spread, over a standard error with `df` degrees of freedom,
 * exceeds `q`.
 */
export function upperTailRange(q: number, k: number, df: number): number {
  if (!(q > 0)) return 1;
  const range = rangeOf(k);
  const { weights, scales } = spreadOf(df);
  let tail = 0;
  for (let i = 0; i < weights.length; i++) tail += (weights[i] as number) * range(q * (scales[i] as number));
  return Math.min(1, tail);
}

const quantiles = new Map<string, number>();

/** The range that is exceeded with probability `alpha`: the critical value of all pairs of `k` means. */
export function criticalRange(alpha: number, k: number, df: number): number {
  const key = `${alpha} ${k} ${df}`;
  const known = quantiles.get(key);
  if (known !== undefined) return known;
  let [low, high] = [0, 4];
  while (upperTailRange(high, k, df) > alpha) [low, high] = [high, 2 * high];
  for (let i = 0; i < 60 && high - low > 1e-12 * high; i++) {
    const middle = (low + high) / 2;
    if (upperTailRange(middle, k, df) > alpha) low = middle;
    else high = middle;
  }
  const found = (low + high) / 2;
  if (quantiles.size > MOST_KEPT) quantiles.clear();
  quantiles.set(key, found);
  return found;
}

const MOST_KEPT = 5_000;

// A sample's spread, s = sqrt(chi squared / df), on a scale of its logarithm: there the width of the density does not
// depend on how far in the tail one looks, and the trapezoidal rule is exact to rounding.

interface Spread {
  readonly weights: Float64Array;
  readonly scales: Float64Array;
}
const spreads = new Map<number, Spread>();
/** Densities below exp(-this) of the highest are negligible. */
const NEGLIGIBLE = 46;

function spreadOf(df: number): Spread {
  const known = spreads.get(df);
  if (known) return known;
  const shape = (u: number) => df * (u + (1 - Math.exp(2 * u)) / 2);
  const step = Math.min(0.06, 0.6 / Math.sqrt(2 * df));
  const ends = [-1, 1].map((side) => {
    let at = 0;
    while (shape(side * at * step) > -NEGLIGIBLE) at += 1;
    return side * at;
  }) as [number, number];
  const scale = Math.log(2) + (df / 2) * Math.log(df / 2) - jStat.gammaln(df / 2) - df / 2;
  const at = Array.from({ length: ends[1] - ends[0] + 1 }, (_, i) => (ends[0] + i) * step);
  const spread = {
    weights: Float64Array.from(at, (u) => step * Math.exp(scale + shape(u))),
    scales: Float64Array.from(at, Math.exp),
  };
  if (spreads.size > MOST_KEPT) spreads.clear();
  spreads.set(df, spread);
  return spread;
}

/** The mean of f(s) over the spread s of a sample with `df` degrees of freedom whose true spread is 1. */
export function overSpreads(df: number, f: (s: number) => number): number {
  const { weights, scales } = spreadOf(df);
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += (weights[i] as number) * f(scales[i] as number);
  return sum;
}

// The range of k standard normal values, as a table of the logarithm of its tail.

const STEP = 0.05;
const LARGEST = 24;
const [LOWEST_Z, HIGHEST_Z] = [-9, 14];
const tables = new Map<number, (w: number) => number>();

/** The probability that the range of `k` standard normal values exceeds w. */
function rangeOf(k: number): (w: number) => number {
  const known = tables.get(k);
  if (known) return known;
  const table = Float64Array.from({ length: LARGEST / STEP + 6 }, (_, i) => Math.log(exactRange(i, k)));
  const range = (w: number) => (w > LARGEST ? 0 : Math.exp(interpolated(table, w / STEP)));
  if (tables.size > 50) tables.clear();
  tables.set(k, range);
  return range;
}

/** The normal distribution at the multiples of STEP, where the tables need it. */
const lowerTail: number[] = [];
function cdfAt(multiple: number): number {
  const at = multiple - Math.round((LOWEST_Z - LARGEST - 1) / STEP);
  const known = lowerTail[at];
  if (known !== undefined) return known;
  const value = normalCdf(multiple * STEP);
  lowerTail[at] = value;
  return value;
}

/**
 * 1 - k ∫ φ(z) (Φ(z) - Φ(z - w))^(k - 1) dz, as the integral of the difference from Φ(z)^(k - 1), so that a small
 * result is not the difference of large numbers.
 */
function exactRange(steps: number, k: number): number {
  let sum = 0;
  for (let i = Math.round(LOWEST_Z / STEP); i <= HIGHEST_Z / STEP; i += 2) {
    const below = cdfAt(i);
    const missed = -Math.expm1((k - 1) * Math.log1p(-cdfAt(i - steps) / below));
    sum += normalDensity(i * STEP) * below ** (k - 1) * missed;
  }
  return Math.min(1, 2 * STEP * k * sum);
}

/** Interpolates a table by the polynomial through the six entries around a place. */
function interpolated(table: Float64Array, at: number): number {
  const first = Math.min(Math.max(0, Math.floor(at) - 2), table.length - 6);
  const x = at - first;
  let sum = 0;
  for (let i = 0; i < 6; i++) {
    let weight = table[first + i] as number;
    for (let j = 0; j < 6; j++) if (j !== i) weight *= (x - j) / (i - j);
    sum += weight;
  }
  return sum;
}
