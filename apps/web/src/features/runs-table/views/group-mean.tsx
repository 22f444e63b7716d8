'use client';

import { useTranslations } from 'use-intl/react';
import type { GroupMetric } from '../model/answers.ts';

interface Props {
  readonly metric: GroupMetric;
  /** How many runs the group has. */
  readonly runs: number;
  /** Writes a value of the column. */
  readonly text: (value: number) => string;
}

/** A mean with half of its 95% interval. It says how many runs it is of, if not of all. */
export function GroupMean({ metric: { summary, runs: measured, diverged, never }, runs, text }: Props) {
  const t = useTranslations('table');
  if (!summary) {
    const none = [
      ...(never > 0 ? [t('allNever', { count: never })] : []),
      ...(diverged > 0 ? [t('allDiverged', { count: diverged })] : []),
    ];
    return <span className="text-muted">{none.join(' · ') || '–'}</span>;
  }
  const { n, mean, ci95 } = summary;
  const title = [
    t('meanOf', { seeds: n, runs: measured, isSame: String(n === measured) }),
    ci95 ? t('interval', { low: text(ci95[0]), high: text(ci95[1]) }) : t('noInterval'),
    ...(never > 0 ? [t('never', { count: never })] : []),
    ...(diverged > 0 ? [t('diverged', { count: diverged })] : []),
  ].join('\n');
  return (
    <span title={title}>
      {measured !== runs && <span className="mr-3 text-muted">{t('ofRuns', { n: measured })}</span>}
      {text(mean)}
      {ci95 && <span className="text-muted"> ± {text((ci95[1] - ci95[0]) / 2)}</span>}
    </span>
  );
}
