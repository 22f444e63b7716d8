import type { Analysis } from '#src/contract/comparison.ts';
import { askedBy, type Question } from '#src/contract/question.ts';

/** Whether an answer belongs to this question, and not to a previous one. */
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

/**
 * Whether two fields belong to one metric, such as its last and its highest value. A goal that was chosen for one holds for
 * the other.
 */
export const isSameMetric = (one: string, other: string): boolean =>
  askedBy({ by: [], metric: one }).metric === askedBy({ by: [], metric: other }).metric;
