'use client';

import { FEWEST_PAIRS } from '@whorl/core';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { MOST_ANSWERED } from '#src/contract/answer-input.ts';
import type { Answer } from '#src/contract/comparison.ts';
import { askedBy } from '#src/contract/question.ts';
import type { Experiment } from '#src/contract/schemas.ts';
import { COMPARISON_VIEW } from '#src/features/compare/model/view-fields.ts';
import { useVerdictText } from '#src/features/compare/verdict.tsx';
import { useLevelName } from '#src/features/levels/use-level-name.ts';
import { PageLink } from '#src/ui/page-link.tsx';
import { writeView } from '#src/view/view-state.ts';

interface Props {
  readonly experiment: Pick<Experiment, 'id' | 'runs'>;
  /** Undefined while it is being read. */
  readonly answer: Answer | undefined;
}

/** The answer to the study's question: the verdict of the comparison in the same words, and a link to it. */
export function ExperimentAnswer({ experiment: { id, runs }, answer }: Props) {
  const t = useTranslations('experiment');
  const { compareAllHref } = useReach();
  const { namesOf } = useLevelName();
  const verdictText = useVerdictText();
  if (runs === 0) return null;
  const view = answer && writeView(COMPARISON_VIEW, new URLSearchParams(), { by: answer.by, metric: answer.metric });
  const text = () => {
    if (runs === 1) return t('answerOneRun', { needed: FEWEST_PAIRS });
    if (runs > MOST_ANSWERED) return t('answerOnDemand', { most: MOST_ANSWERED });
    if (!answer) return '';
    const written = namesOf(
      answer.by,
      answer.levels.map(({ values }) => values),
    );
    const names = new Map(answer.levels.map(({ level }, i) => [level, written[i] ?? level]));
    return verdictText(answer, askedBy(answer), (level) => names.get(level) ?? level);
  };
  return (
    // Its place is kept while it is read, so that nothing below moves.
    <p className="mt-2 min-h-6 font-medium text-pretty" data-testid="answer" data-kind={answer?.verdict.kind}>
      {text()}{' '}
      {compareAllHref && runs > 1 && (
        <PageLink className="link whitespace-nowrap font-normal" href={compareAllHref(id, view)}>
          {t('toComparison')}
        </PageLink>
      )}
    </p>
  );
}
