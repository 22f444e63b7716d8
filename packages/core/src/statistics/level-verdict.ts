import type { Goal } from '../metrics/metric.ts';
import type { Comparison, Level, LevelVerdict, Order, Pair } from './comparison.ts';
import { FEWEST_PAIRS } from './family.ts';
import { ALPHA } from './student.ts';
import type { Summary } from './summary.ts';

/**
 * Levels with a mean, the best first. A level with too few seeds, which is no evidence for itself or against others, is
 * left out where two others have enough.
 */
function rankedBy(levels: readonly Level[], goal: Goal | null): Level[] {
  const sign = goal === 'lowest' ? 1 : -1;
  const isOrder = levels.some(({ order }) => order);
  const told = levels.filter((level) => seedsOf(level) >= FEWEST_PAIRS);
  return (told.length > 1 ? told : levels.filter((level) => seedsOf(level) > 0)).sort((x, y) =>
    isOrder
      ? compareOrders(orderIn(x), orderIn(y))
      : sign * ((x.summary as Summary).mean - (y.summary as Summary).mean),
  );
}

/** How many seeds have a value: a number, or that they never got there. */
const seedsOf = ({ summary, order }: Level): number => order?.seeds ?? summary?.n ?? 0;

/** A level whose runs all got there has no median on record: its mean stands for it. */
const orderIn = ({ order, summary }: Level): Order =>
  order ?? { seeds: summary?.n ?? 0, reached: summary?.n ?? 0, median: summary?.mean ?? Number.POSITIVE_INFINITY };

/** Sooner comes first; among levels that mostly never get there, the one that does so more often. */
function compareOrders(x: Order, y: Order): number {
  if (x.median !== y.median) return x.median < y.median ? -1 : 1;
  return y.reached / y.seeds - x.reached / x.seeds;
}

const isTested = ({ pAdjusted }: Pair): boolean => pAdjusted !== undefined;

/** The level with the best mean, to which verdict and matrix refer. */
export const bestOf = (levels: readonly Level[], goal: Goal | null): Level | undefined => rankedBy(levels, goal)[0];

/** By how much a level is better in one of its pairs, above 0 where it is: by the difference, or by signed ranks. */
export function leadOf({ a, difference = 0, signs }: Pair, level: string, goal: Goal | null): number {
  const ofA = signs ? signs.lead : goal === 'lowest' ? -difference : difference;
  return a === level ? ofA : -ofA;
}

/** The verdict on the levels: which one is best, and how much of that the tests support. */
export function levelVerdict(
  levels: readonly Level[],
  pairs: readonly Pair[],
  { confounds, goal, margin }: Pick<Comparison, 'confounds' | 'goal' | 'margin'>,
): LevelVerdict {
  if (confounds.length > 0) return { kind: 'confounded', paths: confounds };
  const finite = levels.filter((level) => seedsOf(level) > 0);
  const ranked = rankedBy(levels, goal);
  const [best, second] = ranked;
  if (!best || !second) return { kind: 'one-level' };
  // A level whose runs all diverged has nothing to test, and more such runs would change nothing.
  const measured = new Set(finite.map(({ level }) => level));
  const all = pairs.filter(
    ({ a, b }) => (a === best.level && measured.has(b)) || (b === best.level && measured.has(a)),
  );
  const against = all.filter(isTested);
  const tooFew = all.filter((pair) => !isTested(pair));
  const [fewest] = [...tooFew].sort((x, y) => x.nPairs - y.nPairs);
  if (fewest && against.length === 0) {
    const { nPairs, nDiverged } = fewest;
    return { kind: 'not-enough-runs', pairs: nPairs, needed: FEWEST_PAIRS, diverged: nDiverged };
  }
  const other = ({ a, b }: Pair) => (a === best.level ? b : a);
  const untested = tooFew.map(other);
  const isSame = ({ pSame = 1 }: Pair) => pSame < ALPHA;
  const isShown = ({ pAdjusted = 1 }: Pair) => pAdjusted < ALPHA;
  const lead = (pair: Pair) => leadOf(pair, best.level, goal);
  const [worst] = against.filter((pair) => isShown(pair) && lead(pair) < 0).sort((x, y) => lead(x) - lead(y));
  if (worst) return { kind: 'contradicted', best: best.level, by: worst };
  const same = against.filter(isSame);
  if (margin !== null && same.length > 0 && against.every((pair) => isSame(pair) || isShown(pair))) {
    return { kind: 'same', best: best.level, same: same.map(other), margin, untested };
  }
  const missed = against.filter((pair) => !isShown(pair));
  const byRank = ranked.flatMap(({ level }) => against.find((pair) => other(pair) === level) ?? []);
  const over = byRank.find(isShown) ?? null;
  if (missed.length > 0) {
    const needs = missed.map((pair) => pair.pairsNeeded ?? null);
    const needed = needs.some((n) => n === null) ? null : Math.max(...(needs as number[]));
    return { kind: 'tied', best: best.level, tied: missed.map(other), over, needed, untested };
  }
  return { kind: 'best', best: best.level, over: byRank[0] as Pair, untested };
}
