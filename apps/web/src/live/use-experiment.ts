'use client';

import { skipToken, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTRPC } from '#src/api/trpc.tsx';
import type { Experiment } from '#src/contract/schemas.ts';
import { useStable } from './use-stable.ts';

export const LOOK_MS = 1_000;

/**
 * An experiment as it is now, looked at each second by a page in the foreground.
 * @param id null where there is none to look at
 * @param onChange hears that runs came, went or ended
 */
export function useExperiment(id: string | null, initial: Experiment | null, onChange: () => void) {
  const trpc = useTRPC();
  const { data, isError } = useQuery(
    trpc.experiments.get.queryOptions(id === null ? skipToken : { experimentId: id }, {
      ...(initial ? { initialData: initial } : {}),
      refetchInterval: LOOK_MS,
      staleTime: LOOK_MS,
    }),
  );
  // It has dates, which are never the same: without this the page is drawn again every second.
  const experiment = useStable(data ?? initial);
  const sign = experiment && signOf(experiment);
  const seen = useRef(sign);
  const told = useRef(onChange);
  told.current = onChange;
  useEffect(() => {
    if (sign === seen.current) return;
    const isFirst = seen.current === null;
    seen.current = sign;
    if (!isFirst) told.current();
  }, [sign]);
  return { experiment, isError };
}

/** A text that differs when runs came, went or ended. */
const signOf = ({ updatedAt, runs, byStatus }: Experiment): string =>
  `${updatedAt.getTime()} ${runs} ${JSON.stringify(byStatus)}`;
