import { normalCdf, normalDensity } from './normal.ts';

const STEP = 0.05;
const FARTHEST = 9;

/**
 * The exact two-sided p of `few` of `n` signs against the others, where both signs are equally likely (Arbuthnot 1710).
 * Seeds that split one file again do not draw their signs independently: what they have in common moves all of them to
 * one side. For normal values with Nadeau and Bengio's correlation a sign is positive with probability Φ(z √shared), z
 * being what they have in common (Steck and Owen 1962); this integrates over z. However many splits agree, p is then
 * not below what one file can tell.
 * @param shared the variance that all have in common, as a share of what each has alone (splits.ts)
 */
export function signTestP(few: number, n: number, shared = 0): number {
  if (2 * few >= n) return 1;
  if (shared === 0) return Math.min(1, 2 * atMost(few, n, 0.5));
  let sum = 0;
  for (let i = -FARTHEST / STEP; i <= FARTHEST / STEP; i++) {
    const z = i * STEP;
    sum += STEP * normalDensity(z) * atMost(few, n, normalCdf(z * Math.sqrt(shared)));
  }
  return Math.min(1, 2 * sum);
}

/** The probability of at most `few` positive signs among `n`, each positive with probability `up`. */
function atMost(few: number, n: number, up: number): number {
  const down = 1 - up;
  if (down === 0) return few >= n ? 1 : 0;
  let [term, sum] = [down ** n, 0];
  for (let i = 0; i <= few; i++) {
    sum += term;
    term *= ((n - i) / (i + 1)) * (up / down);
  }
  return sum;
}
