import { FEWEST_PAIRS } from '../statistics/family.ts';
import { summarize } from '../statistics/summary.ts';
import type { StudyRun } from './study.ts';

/**
 * For each seed, the run at the rate that was best on the other seeds: no seed chooses the rate by which it is judged.
 * @param cost what should be small, such as a loss; a rate with a cost that is not finite is chosen last
 * @returns by seed; null for fewer than three seeds
 */
export function atBestRate(
  runs: readonly StudyRun[],
  cost: (run: StudyRun) => number,
): Map<unknown, { rate: unknown; run: StudyRun }> | null {
  const seeds = [...new Set(runs.map(({ params }) => params.seed))];
  if (seeds.length < FEWEST_PAIRS) return null;
  const rates = [...new Set(runs.map(({ params }) => params['optimizer.lr']))];
  const chosen = new Map<unknown, { rate: unknown; run: StudyRun }>();
  for (const seed of seeds) {
    const ranked = rates
      .map((rate) => {
        const others = runs.filter(({ params }) => params['optimizer.lr'] === rate && params.seed !== seed).map(cost);
        const isMeasured = others.length > 0 && others.every(Number.isFinite);
        return { rate, mean: isMeasured ? summarize(others).mean : Number.POSITIVE_INFINITY };
      })
      .sort((a, b) => (a.mean < b.mean ? -1 : Number(a.mean > b.mean)));
    const rate = ranked[0]?.rate;
    const run = runs.find(({ params }) => params['optimizer.lr'] === rate && params.seed === seed);
    if (run) chosen.set(seed, { rate, run });
  }
  return chosen;
}
