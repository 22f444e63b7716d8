'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { LIVE_STATUSES } from '@whorl/core';
import { useMemo, useState } from 'react';
import { useReach } from '#src/api/reach.tsx';
import { useTRPC } from '#src/api/trpc.tsx';
import type { Analysis, Overview } from '#src/contract/comparison.ts';
import { type AskedFor, questionOf } from '#src/contract/question.ts';
import type { Target } from '#src/contract/target.ts';
import { useGone } from '#src/features/deletion/use-gone.ts';
import { useFollow } from '#src/live/live-provider.tsx';
import { isAnswerTo } from '../model/answered.ts';

/** What the server rendered. */
export interface FirstAnswers {
  readonly overview: Overview;
  readonly analysis: Analysis;
}

/** The clocks of page and server may differ by this much. */
const SLACK_MS = 10_000;

/** The overview of what is compared. It is followed while it may change. */
export function useOverview(target: Target, first: Overview) {
  const trpc = useTRPC();
  const { data: overview = first, error } = useQuery(
    trpc.comparison.overview.queryOptions({ target }, { initialData: first }),
  );
  useGone(error);
  const { kind } = useReach();
  const [readAt] = useState(() => Date.now() - SLACK_MS);
  // A run that was training when the page was read may still send points after it has ended, and an experiment may get new
  // runs.
  const experiments = 'experimentId' in target ? [target.experimentId] : [];
  const follows = isLive(first) || experiments.length > 0;
  const still = kind === 'owner' ? { since: readAt, target, still: true } : null;
  useFollow(follows ? { since: readAt, target, experiments, frames: overview.planar } : still);
  return { overview, readAt, follows };
}

const isLive = ({ byStatus }: Overview): boolean => LIVE_STATUSES.some((status) => (byStatus[status] ?? 0) > 0);

/** The question in the address, and its answer, which is null until it has arrived. */
export function useAnalysis(
  target: Target,
  { by, metric, goal, margin }: AskedFor & { readonly goal: '' | 'highest' | 'lowest'; readonly margin: number | null },
  overview: Overview,
  first: Analysis,
) {
  const trpc = useTRPC();
  const question = useMemo(() => questionOf({ by, metric, goal }, overview), [by, metric, goal, overview]);
  const isFirst = isAnswerTo(first, question, margin);
  const { data, isError } = useQuery(
    trpc.comparison.analyse.queryOptions(
      { target, metric: question.field, by: [...question.by], margin, goal: question.goal },
      {
        ...(isFirst ? { initialData: first } : {}),
        placeholderData: keepPreviousData,
      },
    ),
  );
  return { question, analysis: data && isAnswerTo(data, question, margin) ? data : null, isError };
}
