import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { useTRPC } from '#src/api/trpc.tsx';
import type { LabelledRun } from './named-run.ts';

/** Of how many runs one request asks. */
const BATCH = 12;

/** The boundary pictures of some runs, their points, and their accuracies at the steps of the pictures. */
export function useFrames(runs: readonly LabelledRun[], enabled: boolean) {
  const trpc = useTRPC();
  const batches = Array.from({ length: Math.ceil(runs.length / BATCH) }, (_, i) =>
    runs.slice(i * BATCH, (i + 1) * BATCH).map(({ run }) => run.id),
  );
  const boundaries = useQueries({
    queries: batches.map((runIds) =>
      trpc.runs.boundary.queryOptions({ runIds }, { enabled, placeholderData: keepPreviousData }),
    ),
  });
  const found = boundaries.map(({ data }) => data);
  const frames = useStable(found.flatMap((answer) => answer?.frames ?? []).sort((a, b) => a.step - b.step));
  const points = useStable(found.flatMap((answer) => answer?.points ?? []));
  const steps = useMemo(() => [...new Set(frames.map(({ step }) => step))].sort((a, b) => a - b), [frames]);
  const answers = useQueries({
    queries: batches.map((runIds) =>
      trpc.comparison.accuracies.queryOptions(
        { runIds, steps },
        { enabled: enabled && steps.length > 0, placeholderData: keepPreviousData },
      ),
    ),
  });
  const read = useStable(answers.flatMap(({ data }) => data ?? []));
  const accuracies = useMemo(() => new Map(read.map(({ runId, ...measured }) => [runId, measured])), [read]);
  return { frames, points, accuracies, reading: !enabled || boundaries.some(({ isPending }) => isPending) };
}

/** The same array as long as its items are the same. */
function useStable<T>(items: readonly T[]): readonly T[] {
  const kept = useRef(items);
  const isSame = kept.current.length === items.length && items.every((item, i) => kept.current[i] === item);
  if (!isSame) kept.current = items;
  return kept.current;
}
