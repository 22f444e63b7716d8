'use client';

import type { Field } from '@whorl/core';
import { useTranslations } from 'use-intl/react';
import type { GroupMetric } from './answers.ts';
import { useCellText } from './cell-value.tsx';

interface Props {
  readonly field: Field;
  readonly metric: GroupMetric;
  /** How many runs the group has. */
  readonly runs: number;
}

/** A mean and half of its 95% interval; says of how many runs it is where that is not all of the group. */
export function GroupMean({ field, metric: { summary, diverged }, runs }: Props) {
  const t = useTranslations('table');
  const textOf = useCellText();
  if (!summary) {
    return <span className="text-muted">{diverged > 0 ? t('allDiverged', { count: diverged }) : '–'}</span>;
  }
  const { n, mean, ci95 } = summary;
  const text = (value: number) => textOf(field, value);
  const title = [
    t('meanOf', { n }),
    ci95 ? t('interval', { low: text(ci95[0]), high: text(ci95[1]) }) : t('noInterval'),
    ...(diverged > 0 ? [t('diverged', { count: diverged })] : []),
  ].join('\n');
  return (
    <span title={title}>
      {n !== runs && <span className="mr-3 text-muted">{t('ofRuns', { n })}</span>}
      {text(mean)}
      {ci95 && <span className="text-muted"> ± {text((ci95[1] - ci95[0]) / 2)}</span>}
    </span>
  );
}
