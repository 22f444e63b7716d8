import { parseField } from '@whorl/core';

// Server and page build the input of an answer here, so that the page finds what the server read for the first paint.

/**
 * Up to this many runs an answer is computed without being asked for. Each run takes the server about half a millisecond.
 */
export const MOST_ANSWERED = 1_000;
/** Up to this many it is part of the first paint, which it delays. */
export const MOST_PAINTED = 200;

export const isAnswered = (runs: number, most = MOST_ANSWERED): boolean => runs > 1 && runs <= most;

/**
 * The input of `comparison.answer` for an experiment: by the given fields, or without any for the question that its
 * comparison opens with.
 */
export const answerInput = (experimentId: string, fields: readonly string[] | null) => ({
  target: { experimentId },
  by:
    fields?.flatMap((text) => {
      const field = parseField(text);
      return field.kind === 'param' ? [field.key] : [];
    }) ?? null,
});
