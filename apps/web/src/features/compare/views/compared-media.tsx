'use client';

import type { Overview } from '#src/contract/comparison.ts';
import type { Target } from '#src/contract/target.ts';
import { MediaSection } from '#src/features/media/media-section.tsx';
import { useRuns } from './use-runs.ts';

/** So many runs are shown side by side. */
const MOST_RUNS = 12;

interface Props {
  readonly target: Target;
  readonly overview: Overview;
}

/** What the compared runs logged beside their metrics, side by side. Whorl itself logs none of it. */
export function ComparedMedia({ target, overview }: Props) {
  const { runs } = useRuns(target, [], { enabled: !overview.ownMetrics });
  if (runs.length === 0) return null;
  return <MediaSection runs={runs.slice(0, MOST_RUNS)} left={Math.max(0, runs.length - MOST_RUNS)} />;
}
