import type { Answer } from '#src/contract/comparison.ts';

/** The level with the best mean. */
export interface Leader {
  readonly values: Answer['levels'][number]['values'];
  /** Whether it is distinguishable from every other level, so that it can be called the best. */
  readonly isBest: boolean;
}

/** The leading level; null where there are fewer than two. */
export function leaderOf({ verdict, levels, goal }: Pick<Answer, 'verdict' | 'levels' | 'goal'>): Leader | null {
  if (verdict.kind === 'one-level' || verdict.kind === 'no-values') return null;
  const sign = goal === 'lowest' ? 1 : -1;
  const [first] = levels
    .flatMap(({ values, summary }) => (summary ? [{ values, mean: summary.mean }] : []))
    .sort((a, b) => sign * (a.mean - b.mean));
  return first
    ? {
        values: first.values,
        isBest: (verdict.kind === 'depends' ? verdict.without : verdict).kind === 'best' && goal !== null,
      }
    : null;
}
