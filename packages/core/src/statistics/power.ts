import jStat from 'jstat';
import { criticalT } from './student.ts';

/** How often a test should show a difference that is there. */
export const POWER = 0.8;
/** The standard normal value below which {@link POWER} of all lie. */
const POWER_Z = 0.8416;

/** Two pairs say nothing of a spread. */
const LEAST_PAIRS = 3;
const MOST_PAIRS = 1000;

/**
 * Points of Simpson's rule over the standard deviation that a sample may have; of a few pairs that is a narrow peak where a
 * small alpha is reached.
 */
const pointsFor = (df: number): number => (df < 10 ? 1024 : 128);
/** How many of its own standard deviations a sample's is off at most. */
const REACH = 8;

const normal = (z: number): number => jStat.normal.cdf(z, 0, 1);

/**
 * How often a two-sided paired t-test at `alpha` shows a difference of `effectSize` standard deviations over `n` pairs:
 * the mass of the noncentral t beyond the critical values. Given the sample's standard deviation, s = sqrt(chi squared /
 * df) times the true one, t is normal (Owen 1968); this adds up over s.
 * @param n at least 3
 */
export function power(effectSize: number, n: number, alpha: number): number {
  const df = n - 1;
  const critical = criticalT(alpha, df);
  const shift = effectSize * Math.sqrt(n);
  const scale = Math.log(2) + (df / 2) * Math.log(df / 2) - jStat.gammaln(df / 2);
  const shown = (s: number) => {
    const density = s === 0 ? 0 : Math.exp(scale + (df - 1) * Math.log(s) - (df * s * s) / 2);
    return density * (normal(shift - critical * s) + normal(-shift - critical * s));
  };
  const half = REACH / Math.sqrt(2 * df);
  const low = Math.max(0, 1 - half);
  const points = pointsFor(df);
  const width = (1 + half - low) / points;
  let sum = shown(low) + shown(1 + half);
  for (let i = 1; i < points; i++) sum += (i % 2 === 1 ? 4 : 2) * shown(low + i * width);
  return (sum * width) / 3;
}

/** How many pairs show a difference of this effect size at `alpha` in {@link POWER} of the cases; null beyond 1,000. */
export function pairsNeeded(effectSize: number, alpha: number): number | null {
  const isEnough = (n: number) => power(effectSize, n, alpha) >= POWER;
  // Where the spread is known; a sample's own takes some pairs more.
  const known = ((criticalT(alpha, MOST_PAIRS) + POWER_Z) / effectSize) ** 2;
  if (known > MOST_PAIRS) return null;
  let n = Math.max(LEAST_PAIRS, Math.ceil(known));
  while (n <= MOST_PAIRS && !isEnough(n)) n += 1;
  while (n > LEAST_PAIRS && isEnough(n - 1)) n -= 1;
  return n > MOST_PAIRS ? null : n;
}
