'use client';

import { type ReactNode, useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import { looksOf } from '#src/comparison/colours.ts';
import { configurationsOf, varyingPaths } from '#src/comparison/configurations.ts';
import { Command } from '#src/components/ui/command.tsx';
import { Section } from '#src/components/ui/section.tsx';
import { useRecord } from '#src/live/use-record.ts';
import type { Experiment, Run } from '#src/server/schemas.ts';
import { ConfigurationTable } from './configuration-table.tsx';
import { CurvesSection } from './curves/curves-section.tsx';
import { LiveMark } from './live-mark.tsx';
import { nameRuns } from './named-run.ts';
import { RunTable } from './run-table.tsx';

interface Props {
  readonly experiment: Experiment;
  /** The study's question; null where this version does not know the study. */
  readonly question: string | null;
  readonly runs: readonly Run[];
  readonly readAt: number;
  /** Controls of the page, beside its title. */
  readonly actions?: ReactNode;
  /** Below the table of runs. */
  readonly footer?: ReactNode;
}

/** An experiment: what was asked, what each configuration reached, how it came there. Follows running runs. */
export function ExperimentView({ experiment, question, runs: initial, readAt, actions, footer }: Props) {
  const t = useTranslations('experiment');
  const record = useRecord(initial, readAt, { experimentId: experiment.id });
  const { runs, connection } = record;
  const target = useMemo(() => ({ experimentId: experiment.id }), [experiment.id]);
  const varying = useMemo(() => varyingPaths(runs), [runs]);
  const configurations = useMemo(() => configurationsOf(runs, varying), [runs, varying]);
  const looks = useMemo(() => looksOf(runs, varying), [runs, varying]);
  const named = useMemo(() => nameRuns(runs, varying), [runs, varying]);

  const seeds = new Set(runs.map(({ seed }) => seed)).size;
  return (
    <>
      <header className="flex flex-wrap items-start justify-between gap-x-8 gap-y-4">
        <div className="min-w-0 max-w-[48rem]">
          <h1 className="truncate text-display font-semibold" title={experiment.name}>
            {experiment.name}
          </h1>
          <p className="mt-2">{question ?? t('unknownStudy')}</p>
          <p className="mt-2 flex flex-wrap gap-x-4 text-small text-muted">
            <span>{t('counts', { count: Math.max(experiment.runs, runs.length) })}</span>
            {configurations.length > 0 && <span>{t('configurationCount', { count: configurations.length })}</span>}
            {seeds > 0 && <span>{t('seedCount', { count: seeds })}</span>}
            <LiveMark connection={connection} />
          </p>
        </div>
        {actions}
      </header>
      {runs.length === 0 ? (
        <div className="mt-8 max-w-[42rem]">
          <p className="mb-2">{t('empty')}</p>
          <Command text={`npx whorl run ${experiment.study}`} />
        </div>
      ) : (
        <>
          <Section title={t('configurations')} note={t('summaryNote')}>
            <ConfigurationTable configurations={configurations} looks={looks} />
          </Section>
          <CurvesSection target={target} runs={runs} record={record} />
          <Section title={t('runs')}>
            <RunTable runs={named} varying={varying} />
            {footer}
          </Section>
        </>
      )}
    </>
  );
}
