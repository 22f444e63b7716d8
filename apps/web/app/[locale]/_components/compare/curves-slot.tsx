'use client';

import { useState } from 'react';
import { useRecord } from '#src/live/use-record.ts';
import type { Run } from '#src/server/schemas.ts';
import type { Target } from '#src/server/target.ts';
import { CurvesSection } from '../curves/curves-section.tsx';

/** The curves need no run beforehand: the server says which there are. */
const NO_RUNS: readonly Run[] = [];
/** By how much the clocks of page and server may differ. */
const SLACK_MS = 10_000;

/** The curves of the compared runs, by the levels that the page compares. */
export function CurvesSlot({ target, by }: { readonly target: Target; readonly by: readonly string[] }) {
  const [readAt] = useState(() => Date.now() - SLACK_MS);
  const record = useRecord(NO_RUNS, readAt, { target });
  return <CurvesSection target={target} runs={NO_RUNS} record={record} by={by} />;
}
