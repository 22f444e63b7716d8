import { byLevel } from '../design/levels.ts';
import type { Observation } from '../design/observation.ts';
import { compareLevels } from './compare-levels.ts';
import type { Asked, Comparison, Depends, Facet, LevelVerdict } from './comparison.ts';
import { type Dependence, dependencesOf } from './dependence.ts';
import { FEWEST_PAIRS } from './family.ts';
import { spendOf } from './looks.ts';
import { seedMeans } from './replicates.ts';
import { sharedVariance } from './splits.ts';
import { ALPHA } from './student.ts';

/**
 * Compares the levels of some factors by a metric (comparison.ts), the interaction first: where the effect depends on
 * another factor, a statement regardless of that factor would hold at none of its levels, so the levels are compared at
 * each of them.
 * @throws ConfigError for more levels than can be tested, and for an invalid margin
 */
export function compare(observations: readonly Observation[], asked: Asked): Comparison {
  const found = compareLevels(observations, asked);
  const depends = dependsOf(observations, asked, found);
  return depends ? { ...found, verdict: depends } : found;
}

function dependsOf(
  observations: readonly Observation[],
  asked: Asked,
  found: Comparison<LevelVerdict>,
): Depends | null {
  const { by, confounds, method, look, verdict, margin } = found;
  // Confounded differences need no further explanation, an order has no sums, and too few seeds say nothing.
  if (confounds.length > 0 || method.because === 'never' || method.tests === 0) return null;
  const dependences = dependencesOf(observations, by, {
    spend: look === null ? 1 : spendOf(look),
    shared: sharedVariance(observations),
  }).filter(({ pAdjusted }) => pAdjusted < ALPHA);
  const [first] = dependences;
  if (!first) return null;
  const within = facetsOf(observations, asked, first);
  if (margin !== null && within.every(({ comparison }) => isAllSame(comparison))) return null;
  return {
    kind: 'depends',
    of: first.of,
    on: first.on,
    p: first.pAdjusted,
    also: dependences.slice(1).map(({ on }) => on),
    within,
    everywhere: bestEverywhere(within),
    without: verdict,
  };
}

/** Where no difference matters, nor does what it depends on. */
const isAllSame = ({ verdict, levels }: Comparison<LevelVerdict>): boolean =>
  verdict.kind === 'same' && verdict.same.length === levels.length - 1;

function bestEverywhere(within: readonly Facet[]): string | null {
  const best = new Set(within.map(({ comparison: { verdict } }) => (verdict.kind === 'best' ? verdict.best : null)));
  const [only = null] = best;
  return best.size === 1 ? only : null;
}

/** The comparison at each level of another factor, each with its own spread; together they share the 5%. */
function facetsOf(observations: readonly Observation[], asked: Asked, { of, on }: Dependence): Facet[] {
  const groups = byLevel(observations, on);
  const tested = groups.filter(({ runs }) => hasTwo(runs, of)).length;
  return groups.map(({ key: level, values, runs }) => {
    const comparison = compareLevels(runs, { ...asked, by: of, training: 0, share: 1 / Math.max(1, tested) });
    return { level, values, comparison: { ...comparison, method: inFamily(comparison.method, tested) } };
  });
}

/** Whether two levels have enough seeds for a test. */
const hasTwo = (runs: readonly Observation[], by: readonly string[]): boolean =>
  byLevel(runs, by).filter((level) => seedMeans(level.runs).length >= FEWEST_PAIRS).length > 1;

/** One pair alone needs no correction; one pair at each of several levels does. */
const inFamily = (method: Comparison['method'], facets: number): Comparison['method'] =>
  facets > 1 && method.correction === 'none' ? { ...method, correction: 'bonferroni' } : method;
