'use client';

import { RUN_STATUSES } from '@whorl/core';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { Sparkline } from '#src/charts/sparkline.tsx';
import type { Best } from '#src/contract/best.ts';
import type { Experiment } from '#src/contract/schemas.ts';
import type { SparklineData as Curve } from '#src/contract/sparkline.ts';
import { drawnRange } from '#src/features/curves/model/metric-scales.ts';
import { useLevelName } from '#src/features/levels/use-level-name.ts';
import { OwnMetrics } from '#src/i18n/own-metrics.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { PageLink } from '#src/ui/page-link.tsx';
import { RelativeTime } from '#src/ui/relative-time.tsx';
import { StatusMark } from '#src/ui/status-mark.tsx';
import { ExperimentActions } from './experiment-actions.tsx';

interface Props {
  readonly experiments: readonly Experiment[];
  /** By experiment id. Experiments without a curve are missing. */
  readonly sparklines: ReadonlyMap<string, Curve>;
  /** By experiment id. Experiments without a result are missing. */
  readonly best: ReadonlyMap<string, Best>;
  readonly readAt: number;
}

/** The experiments, one in each row. */
export function ExperimentList({ experiments, sparklines, best, readAt }: Props) {
  const t = useTranslations('experiments');
  return (
    <table className="table table-fixed [&_td]:!align-middle">
      <thead>
        <tr>
          <th scope="col">{t('name')}</th>
          <th scope="col" className="w-[32%] sm:w-[24%] md:w-[20%]">
            {t('runs')}
          </th>
          <th scope="col" className="hidden w-[34%] md:table-cell">
            {t('best')}
          </th>
          <th scope="col" className="number hidden w-32 sm:table-cell">
            {t('activity')}
          </th>
          <th scope="col" className="w-8">
            <span className="sr-only">{t('actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {experiments.map((experiment) => (
          <Row
            key={experiment.id}
            experiment={experiment}
            curve={sparklines.get(experiment.id)}
            best={best.get(experiment.id)}
            readAt={readAt}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly experiment: Experiment;
  readonly curve: Curve | undefined;
  readonly best: Best | undefined;
  readonly readAt: number;
}

function Row(props: RowProps) {
  return (
    <OwnMetrics value={props.experiment.study !== null}>
      <ExperimentCells {...props} />
    </OwnMetrics>
  );
}

function ExperimentCells({ experiment, curve, best, readAt }: RowProps) {
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
        {best && (
          <div className="mt-1 md:hidden">
            <BestConfiguration best={best} />
          </div>
        )}
      </td>
      <td>
        <span className="flex flex-wrap gap-x-4">
          {RUN_STATUSES.map((status) =>
            byStatus[status] > 0 ? <StatusMark key={status} status={status} count={byStatus[status]} /> : null,
          )}
          {runs === 0 && <span className="text-muted">{t('noRuns')}</span>}
        </span>
      </td>
      <td className="hidden md:table-cell">
        <span className="flex items-center gap-3">
          <span className="w-24 flex-none">{curve && <Curved curve={curve} isBest={best !== undefined} />}</span>
          {best ? <BestConfiguration best={best} /> : curve && <Latest curve={curve} />}
        </span>
      </td>
      <td className="number hidden text-muted sm:table-cell">{activity}</td>
      <td className="!py-1">
        <ExperimentActions experiment={experiment} compact />
      </td>
    </tr>
  );
}

/** The result of a configuration: its mean over seeds, half of the interval, and how many runs it is of. */
function BestConfiguration({ best: { by, values, key, mean, half, n, seeds, diverged } }: { readonly best: Best }) {
  const t = useTranslations('experiments');
  const { column, metricName } = useFormat();
  const { nameOf } = useLevelName();
  const name = nameOf(values, by);
  const metric = column([mean, half]);
  return (
    <span className="block min-w-0" data-testid="best">
      <span className="block">
        <span className="whitespace-nowrap">
          {metric(mean)}
          {half !== null && <span className="text-muted"> ± {metric(half)}</span>}
        </span>{' '}
        <span className="text-muted *:whitespace-nowrap">
          <span>
            {metricName(key)} · {seeds === n ? t('bestOfSeeds', { n }) : t('bestOfRuns', { n })}
          </span>
          {diverged > 0 && <span> · {t('bestDiverged', { count: diverged })}</span>}
        </span>
      </span>
      {values.length > 0 && (
        <span className="block truncate text-muted" title={name}>
          {name}
        </span>
      )}
    </span>
  );
}

interface CurveProps {
  readonly curve: Curve;
}

function Curved({ curve: { key, lows, highs, last }, isBest }: CurveProps & { readonly isBest: boolean }) {
  const t = useTranslations('experiments');
  const { metric, metricName } = useFormat();
  const finite = [...lows, ...highs].filter(Number.isFinite);
  const alt = t(isBest ? 'curveOfBest' : 'curve', {
    metric: metricName(key),
    least: metric(Math.min(...finite)),
    most: metric(Math.max(...finite)),
    last: metric(last),
  });
  return (
    <span title={alt}>
      <Sparkline lows={lows} highs={highs} alt={alt} range={drawnRange(key)} />
    </span>
  );
}

/** Before any run has ended: the current value of the latest run. */
function Latest({ curve: { key, last } }: CurveProps) {
  const t = useTranslations('experiments');
  const { metric, metricName } = useFormat();
  return (
    <span className="truncate text-muted">
      {metric(last)} {metricName(key)} · {t('latest')}
    </span>
  );
}
