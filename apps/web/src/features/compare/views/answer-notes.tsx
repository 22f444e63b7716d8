'use client';

import { mainMetricOf } from '@whorl/core';
import { useTranslations } from 'use-intl/react';
import type { Analysis, Overview } from '#src/contract/comparison.ts';
import type { Question } from '#src/contract/question.ts';
import { isLoss, isLossPath } from '#src/features/curves/model/metric-scales.ts';
import { useStatisticsText } from '#src/features/levels/use-statistics-text.ts';

// Notes that a reader of a verdict should know.

/** Shown where the compared metric is a loss, but not the same loss in all runs. */
export function DifferentLosses({ overview, question }: { readonly overview: Overview; readonly question: Question }) {
  const t = useTranslations('comparison');
  const { list } = useStatisticsText();
  const losses = overview.factors.find(({ path }) => isLossPath(path));
  if (!losses || !isLoss(question.metric)) return null;
  return (
    <p className="mt-2 max-w-[48rem] text-caution" data-testid="different-losses">
      {t('differentLosses', { names: list(losses.levels.map(({ value }) => String(value ?? '–'))) })}
    </p>
  );
}

/** Which runs do not count, and why. */
export function RunsLeftOut({ analysis, question }: { readonly analysis: Analysis; readonly question: Question }) {
  const t = useTranslations('comparison');
  const statuses = useTranslations('status');
  const { observed, leftOut } = analysis;
  const diverged = analysis.levels.reduce((sum, level) => sum + level.diverged, 0);
  const never = analysis.levels.reduce((sum, level) => sum + level.never, 0);
  const reasons = [
    ...Object.entries(leftOut.byStatus).map(([status, count]) =>
      t('leftOutStatus', { count, status: statuses(status as keyof typeof leftOut.byStatus) }),
    ),
    ...(leftOut.withoutMetric > 0
      ? [t('leftOutMetric', { count: leftOut.withoutMetric, metric: question.metric })]
      : []),
  ];
  return (
    <p className="mt-1 max-w-[48rem] text-small text-muted" data-testid="left-out">
      {t('counted', { count: observed })}
      {diverged > 0 && ` ${t('diverged', { count: diverged })}`}
      {never > 0 && ` ${t('neverReached', { count: never })}`}
      {reasons.length > 0 && ` ${t('leftOut', { reasons: reasons.join(t('reasonSeparator')) })}`}
    </p>
  );
}

/** Shown where the compared metric is not the one that says most about the runs. */
export function NotMain({ overview, question }: { readonly overview: Overview; readonly question: Question }) {
  const t = useTranslations('comparison');
  const { metricWord } = useStatisticsText();
  const main = mainMetricOf(overview.metrics);
  if (main === null || main === question.metric) return null;
  return (
    <p className="mt-1 max-w-[48rem] text-small text-muted" data-testid="not-main">
      {t('notMain', { main: metricWord(main, 'last') })}
    </p>
  );
}
