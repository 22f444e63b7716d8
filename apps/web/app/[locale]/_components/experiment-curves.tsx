'use client';

import { useMemo } from 'react';
import { useRecord } from '#src/live/use-record.ts';
import type { Run } from '#src/server/schemas.ts';
import { CurvesSection } from './curves/curves-section.tsx';

/** The curves need no run beforehand: the server says which there are. */
const NO_RUNS: readonly Run[] = [];

/** The curves of an experiment's runs, as they grow. */
export function ExperimentCurves({ experimentId, readAt }: { readonly experimentId: string; readonly readAt: number }) {
  const record = useRecord(NO_RUNS, readAt, { experimentId });
  const target = useMemo(() => ({ experimentId }), [experimentId]);
  return <CurvesSection target={target} runs={NO_RUNS} record={record} />;
}
