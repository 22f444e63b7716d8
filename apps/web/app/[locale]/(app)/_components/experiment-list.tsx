'use client';

import { RUN_STATUSES } from '@whorl/core';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { Sparkline } from '#src/components/charts/sparkline.tsx';
import { PageLink } from '#src/components/ui/page-link.tsx';
import { RelativeTime } from '#src/components/ui/relative-time.tsx';
import { StatusMark } from '#src/components/ui/status-mark.tsx';
import { useFormat } from '#src/i18n/use-format.ts';
import type { Sparkline as Curve } from '#src/server/routers/sparklines.ts';
import type { Experiment } from '#src/server/schemas.ts';
import { ExperimentActions } from './experiment-actions.tsx';

interface Props {
  readonly experiments: readonly Experiment[];
  /** By experiment; the ones without a curve are not in it. */
  readonly sparklines: ReadonlyMap<string, Curve>;
  readonly readAt: number;
}

/** A row an experiment. */
export function ExperimentList({ experiments, sparklines, readAt }: Props) {
  const t = useTranslations('experiments');
  return (
    <table className="table table-fixed [&_td]:!align-middle">
      <thead>
        <tr>
          <th scope="col">{t('name')}</th>
          <th scope="col" className="w-[44%] sm:w-[30%] lg:w-[26%]">
            {t('runs')}
          </th>
          <th scope="col" className="hidden w-48 md:table-cell">
            {t('mainMetric')}
          </th>
          <th scope="col" className="number hidden w-36 sm:table-cell">
            {t('activity')}
          </th>
          <th scope="col" className="w-8">
            <span className="sr-only">{t('actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {experiments.map((experiment) => (
          <Row key={experiment.id} experiment={experiment} curve={sparklines.get(experiment.id)} readAt={readAt} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly experiment: Experiment;
  readonly curve: Curve | undefined;
  readonly readAt: number;
}

function Row({ experiment, curve, readAt }: RowProps) {
  const { id, name, study, byStatus, runs, updatedAt } = experiment;
  const t = useTranslations('experiments');
  const { experimentHref } = useReach();
  const activity = <RelativeTime date={updatedAt} readAt={readAt} />;
  return (
    <tr data-experiment={id}>
      <td>
        <p className="truncate text-body">
          <PageLink className="link" href={experimentHref?.(id) ?? ''} title={name}>
            <bdi>{name}</bdi>
          </PageLink>
        </p>
        <p className="truncate text-muted">
          <span className="font-mono">{study}</span>
          <span className="sm:hidden"> · {activity}</span>
        </p>
      </td>
      <td>
        <span className="flex flex-wrap gap-x-4">
          {RUN_STATUSES.map((status) =>
            byStatus[status] > 0 ? <StatusMark key={status} status={status} count={byStatus[status]} /> : null,
          )}
          {runs === 0 && <span className="text-muted">{t('noRuns')}</span>}
        </span>
      </td>
      <td className="hidden md:table-cell">{curve && <MainMetric curve={curve} />}</td>
      <td className="number hidden text-muted sm:table-cell">{activity}</td>
      <td className="!py-1">
        <ExperimentActions experiment={experiment} compact />
      </td>
    </tr>
  );
}

function MainMetric({ curve: { key, lows, highs, last } }: { readonly curve: Curve }) {
  const t = useTranslations('experiments');
  const { metric, metricName } = useFormat();
  const finite = [...lows, ...highs].filter(Number.isFinite);
  const alt = t('curve', {
    metric: metricName(key),
    least: metric(Math.min(...finite)),
    most: metric(Math.max(...finite)),
    last: metric(last),
  });
  return (
    <span className="flex items-center gap-3" title={alt}>
      <Sparkline lows={lows} highs={highs} alt={alt} range={key === 'accuracy' ? [0, 1] : undefined} />
      <span className="whitespace-nowrap">
        {metric(last)} <span className="text-muted">{metricName(key)}</span>
      </span>
    </span>
  );
}
