import { parseField } from '@whorl/core';

// The server asks for the first paint what the page asks for afterwards, so that the page finds it.

/** Of how many runs an answer is found without being asked for: each takes the server about half a millisecond. */
export const MOST_ANSWERED = 1_000;
/** Of how many it is there with the first paint, which it delays. */
export const MOST_PAINTED = 200;

export const isAnswered = (runs: number, most = MOST_ANSWERED): boolean => runs > 1 && runs <= most;

/** The input of `comparison.answer` for an experiment: by these fields, or for the question that its comparison opens with. */
export const answerInput = (experimentId: string, fields: readonly string[] | null) => ({
  target: { experimentId },
  by:
    fields?.flatMap((text) => {
      const field = parseField(text);
      return field.kind === 'param' ? [field.key] : [];
    }) ?? null,
});
