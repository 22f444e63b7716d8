'use client';

import { useRecord } from '#src/live/use-record.ts';
import type { Run } from '#src/server/schemas.ts';
import type { Target } from '#src/server/target.ts';
import { CurvesSection, type PageLooks } from './curves-section.tsx';

/** The curves need no run beforehand: the server says which there are. */
const NO_RUNS: readonly Run[] = [];

interface Props {
  readonly target: Target;
  /** When the page was read, in ms since 1970. */
  readonly readAt: number;
  /** Whether some of the runs are still training. */
  readonly live: boolean;
  /** What the page groups by; without it the reader chooses here. */
  readonly by?: readonly string[];
  /** How the page draws its configurations. */
  readonly looks?: PageLooks;
}

/** The curves of a target's runs, as they grow. */
export function FollowedCurves({ target, readAt, live, by, looks }: Props) {
  const record = useRecord(NO_RUNS, readAt, { target, live });
  return (
    <CurvesSection
      target={target}
      runs={NO_RUNS}
      record={record}
      {...(by ? { by } : {})}
      {...(looks ? { looks } : {})}
    />
  );
}
