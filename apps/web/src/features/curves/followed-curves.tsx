'use client';

import { memo } from 'react';
import type { FactorLevels } from '#src/charts/looks.ts';
import type { Run } from '#src/contract/schemas.ts';
import type { Target } from '#src/contract/target.ts';
import { CurvesSection } from './curves-section.tsx';
import type { GroupOrder } from './model/group-order.ts';

/** The curves need no run beforehand: the server says which there are. */
const NO_RUNS: readonly Run[] = [];

interface Props {
  readonly target: Target;
  /** When the page was read, in ms since 1970. */
  readonly readAt: number;
  /** Whether some of the runs are still training, or others may come. */
  readonly live: boolean;
  /** What the page groups by; without it the reader chooses here. */
  readonly by?: readonly string[];
  /** The factors by which the page tells its configurations apart, the one of the colours first, with their levels. */
  readonly levels?: FactorLevels;
  /** The page's configurations in the order in which it lists them. */
  readonly order?: GroupOrder;
}

/** The curves of a target's runs, as they grow. */
export const FollowedCurves = memo(function FollowedCurves({ target, readAt, live, by, levels, order }: Props) {
  return (
    <CurvesSection
      target={target}
      runs={NO_RUNS}
      readAt={readAt}
      live={live}
      {...(by ? { by } : {})}
      {...(levels ? { levels } : {})}
      {...(order ? { order } : {})}
    />
  );
});
