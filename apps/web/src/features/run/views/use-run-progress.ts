'use client';

import { noteProgress, type ProgressMark, timeLeft, totalSteps } from '@whorl/core';
import { useEffect, useRef, useState } from 'react';
import type { Run, RunDetail } from '#src/contract/schemas.ts';

/** How far a run is. */
export interface RunProgress {
  readonly steps: number;
  /** Null where the total is unknown. */
  readonly total: number | null;
  /** In ms; null unless it is training at a known pace. */
  readonly left: number | null;
}

const TICK_MS = 1_000;

/**
 * How far a run is, and how long it still takes.
 * @param detail as the server rendered it
 * @param readAt when the server did so, in ms since 1970 by its clock
 */
export function useRunProgress(run: Run, detail: RunDetail, readAt: number): RunProgress {
  const steps = stepsOf(run);
  const total = totalSteps(detail.config?.epochs, detail.environment.stepsPerEpoch);
  const live = run.status === 'running';
  // Until the page has measured the pace itself, the average since the run began is used.
  const seen = useRef<readonly ProgressMark[] | null>(null);
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (!live) return;
    const tick = () => setNow(performance.now());
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [live]);
  useEffect(() => {
    const at = performance.now();
    seen.current ??= sinceItBegan(detail, readAt, at);
    seen.current = noteProgress(seen.current, { at, steps });
  }, [steps, detail, readAt]);
  return { steps, total, left: live && total !== null && now > 0 ? timeLeft(seen.current ?? [], total, now) : null };
}

/** How many steps have been measured. */
const stepsOf = ({ metrics }: Pick<Run, 'metrics'>): number => Math.max(0, ...metrics.map(({ count }) => count));

function sinceItBegan(detail: RunDetail, readAt: number, at: number): readonly ProgressMark[] {
  if (!detail.startedAt) return [];
  return [
    { at: at - (readAt - detail.startedAt.getTime()), steps: 0 },
    { at, steps: stepsOf(detail) },
  ];
}
