'use client';

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTRPC } from '#src/api/trpc.tsx';
import { answerInput, isAnswered } from '#src/contract/answer-input.ts';
import type { Answer } from '#src/contract/comparison.ts';
import type { Experiment } from '#src/contract/schemas.ts';

/** What an experiment's runs say to its question, and how its configurations stand. */
export interface Answers {
  readonly answer: Answer | undefined;
  readonly standing: Answer | undefined;
}

/** Both answers, found anew whenever another run has ended. @param by the fields in which the configurations differ */
export function useAnswers(
  { id, runs, byStatus }: Pick<Experiment, 'id' | 'runs' | 'byStatus'>,
  by: readonly string[],
): Answers {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const enabled = isAnswered(runs);
  const staleTime = Number.POSITIVE_INFINITY;
  const { data: answer } = useQuery(
    trpc.comparison.answer.queryOptions(answerInput(id, null), {
      enabled,
      staleTime,
      placeholderData: keepPreviousData,
    }),
  );
  const { data: standing } = useQuery(
    trpc.comparison.answer.queryOptions(answerInput(id, by), { enabled, staleTime, placeholderData: keepPreviousData }),
  );
  const sign = `${runs} ${byStatus.finished ?? 0}`;
  const seen = useRef(sign);
  useEffect(() => {
    if (seen.current === sign) return;
    seen.current = sign;
    void queries.invalidateQueries({ queryKey: trpc.comparison.answer.pathKey() });
  }, [sign, queries, trpc]);
  return { answer, standing };
}
