'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTRPC } from '#src/api/trpc.tsx';
import { answerInput, isAnswered } from '#src/contract/answer-input.ts';
import type { Answer } from '#src/contract/comparison.ts';
import type { Experiment } from '#src/contract/schemas.ts';

/** The answer to an experiment's question, and the ranking of its configurations. */
export interface Answers {
  readonly answer: Answer | undefined;
  readonly standing: Answer | undefined;
}

/**
 * Reads both answers, and again whenever a run has ended.
 * @param by the fields in which the configurations differ
 */
export function useAnswers({ id, runs }: Pick<Experiment, 'id' | 'runs'>, by: readonly string[]): Answers {
  const trpc = useTRPC();
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
  return { answer, standing };
}
