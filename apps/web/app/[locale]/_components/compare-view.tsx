'use client';

import { isPlanar } from '@whorl/core';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import { chosenFactors, varyingPaths } from '#src/comparison/configurations.ts';
import { Section } from '#src/components/ui/section.tsx';
import { useRecord } from '#src/live/use-record.ts';
import type { Run } from '#src/server/schemas.ts';
import { Boundaries } from './boundaries.tsx';
import { CurvesSection } from './curves/curves-section.tsx';
import { DifferenceTable } from './difference-table.tsx';
import { FactorNotice } from './factor-notice.tsx';
import { LiveMark } from './live-mark.tsx';
import { metricKeys } from './metric-keys.ts';
import { nameRuns } from './named-run.ts';

/** What the boundaries say beside their pictures. */
const KEPT = ['accuracy'];

/** Two or more runs against each other: in what they differ, what they reached, and how. */
export function CompareView({ runs: initial, readAt }: { readonly runs: readonly Run[]; readonly readAt: number }) {
  const t = useTranslations('compare');
  const keys = useMemo(() => metricKeys(initial), [initial]);
  const record = useRecord(initial, readAt, { keys: KEPT, frames: true });
  const { runs, series, frames, points, connection } = record;
  const target = useMemo(() => ({ runIds: initial.map(({ id }) => id) }), [initial]);
  const varying = useMemo(() => varyingPaths(runs), [runs]);
  const factors = useMemo(() => chosenFactors(runs, varying), [runs, varying]);
  const named = useMemo(() => nameRuns(runs, [...varying, 'seed']), [runs, varying]);
  const seedsDiffer = new Set(runs.map(({ seed }) => seed)).size > 1;
  return (
    <>
      <header>
        <div className="flex flex-wrap items-baseline gap-x-4">
          <h1 className="text-display font-semibold">{t('title', { count: runs.length })}</h1>
          <LiveMark connection={connection} />
        </div>
        <FactorNotice factors={factors} seedsDiffer={seedsDiffer} />
      </header>
      <Section title={t('differs')}>
        <DifferenceTable runs={named} varying={varying} keys={keys} />
      </Section>
      {runs.some(({ params }) => isPlanar(String(params['data.name']))) && (
        <Section title={t('boundaries')}>
          <Boundaries runs={named} frames={frames} points={points} series={series} reading={connection === 'reading'} />
        </Section>
      )}
      <CurvesSection target={target} runs={runs} record={record} seeds />
    </>
  );
}
