'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import type { PlanAnswer } from '#src/contract/comparison.ts';
import type { Question } from '#src/contract/question.ts';
import type { Target } from '#src/contract/target.ts';
import { useStatisticsText } from '#src/features/levels/use-statistics-text.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { Command } from '#src/ui/command.tsx';
import { Section } from '#src/ui/section.tsx';
import { PositiveNumber } from './positive-number.tsx';

interface Props {
  readonly target: Target;
  readonly question: Question;
  /** The smallest difference that matters; null where the reader has not said. */
  readonly difference: number | null;
  readonly onDifference: (difference: number | null) => void;
}

/** How many seeds show the smallest difference that matters, how many are missing, and the command that trains them. */
export function SeedsSection({ target, question, difference, onDifference }: Props) {
  const t = useTranslations('comparison.plan');
  const trpc = useTRPC();
  const { data, isError } = useQuery(
    trpc.comparison.plan.queryOptions(
      { target, metric: question.field, by: [...question.by], difference: difference ?? 1 },
      { enabled: difference !== null },
    ),
  );
  return (
    <Section
      title={t('title')}
      note={t('note')}
      aside={
        <PositiveNumber
          key={difference}
          label={t('difference')}
          title={t('differenceNote')}
          placeholder="0.02"
          value={difference}
          onValue={onDifference}
        />
      }
    >
      <div data-testid="seed-plan" data-seeds={data?.plan?.seeds ?? ''}>
        {difference !== null && isError && <p className="text-alarm">{t('failed')}</p>}
        {difference !== null && data && <Plan answer={data} />}
      </div>
    </Section>
  );
}

function Plan({ answer: { plan, because } }: { readonly answer: PlanAnswer }) {
  const t = useTranslations('comparison.plan');
  const join = useTranslations('comparison');
  const { interval } = useStatisticsText();
  const { metric: number, duration, value } = useFormat();
  if (plan === null) return <p className="max-w-[48rem]">{t('because', { because: because ?? 'few' })}</p>;
  const { levels, difference, seeds, pair, sd, ci95, atMost, look, add } = plan;
  const isTrained = add !== null && add.runs > 0;
  const sentences = (of: readonly (string | false)[]) =>
    of.filter((one) => one !== false).reduce((first, second) => join('verdict.sentences', { first, second }));
  return (
    <>
      <p className="max-w-[48rem]">
        {sentences([
          seeds === null
            ? t('tooMany', { difference: value(difference) })
            : t('result', { seeds, levels, difference: value(difference), pair: pair ?? seeds }),
          add !== null && add.runs === 0 && t('enough', { have: add.have }),
          isTrained && t('more', { have: add.have, more: add.more, runs: add.runs }),
          isTrained && add.trainingMs !== null && t('time', { time: duration(add.trainingMs) }),
        ])}
      </p>
      <p className="mt-1 max-w-[48rem] text-small text-muted">
        {sentences([
          t('spread', { sd: number(sd), interval: interval(ci95) }),
          ci95 !== null && seeds !== null && t('atMost', { upper: number(ci95[1]), seeds: atMost ?? 'many' }),
          look !== null && isTrained && add.have > 0 && t('look', { look: look + 1 }),
        ])}
      </p>
      {add && add.commands.length > 0 && (
        <div className="mt-3 flex flex-col gap-2">
          {add.commands.map((command) => (
            <Command key={command} text={command} />
          ))}
        </div>
      )}
    </>
  );
}
