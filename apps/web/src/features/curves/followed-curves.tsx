'use client';

import { memo } from 'react';
import type { FactorLevels } from '#src/charts/looks.ts';
import type { Run } from '#src/contract/schemas.ts';
import type { Target } from '#src/contract/target.ts';
import { CurvesSection } from './curves-section.tsx';
import type { GroupOrder } from './model/group-order.ts';

/** The page has no runs to start from: the server tells which there are. */
const NO_RUNS: readonly Run[] = [];

interface Props {
  readonly target: Target;
  /** When the page was read, in ms since 1970. */
  readonly readAt: number;
  /** Whether runs are still training, or may be added. */
  readonly live: boolean;
  /** The paths by which the page groups runs; without them the reader chooses here. */
  readonly by?: readonly string[];
  /** The factors that distinguish configurations on this page, the one for the colours first, with their levels. */
  readonly levels?: FactorLevels;
  /** The page's configurations in the order in which it lists them. */
  readonly order?: GroupOrder;
}

/** The curves of a target's runs, which grow while they train. */
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
