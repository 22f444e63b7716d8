import type { Analysis } from '#src/contract/comparison.ts';
import { askedBy, type Question } from '#src/contract/question.ts';

/** Whether an answer is to this question, and not to the one before it. */
export const isAnswerTo = (
  { metric, by, goal, ...found }: Pick<Analysis, 'metric' | 'goal' | 'margin'> & Pick<Question, 'by'>,
  question: Pick<Question, 'field' | 'goal' | 'by'>,
  margin: number | null,
): boolean =>
  found.margin === margin &&
  metric === question.field &&
  goal === question.goal &&
  by.join('\n') === question.by.join('\n');

/** Whether more seeds could say more: there are levels to compare, and nothing else differs between them. */
export const canBePlanned = ({ levels, confounds, verdict }: Pick<Analysis, 'levels' | 'confounds' | 'verdict'>) =>
  levels.length > 1 && confounds.length === 0 && verdict.kind !== 'too-many-levels';

/** Whether two fields are of one metric: its last value, its highest ... A goal that was chosen for one holds for the other. */
export const isSameMetric = (one: string, other: string): boolean =>
  askedBy({ by: [], metric: one }).metric === askedBy({ by: [], metric: other }).metric;
