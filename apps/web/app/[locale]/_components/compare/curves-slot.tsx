'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import type { Look } from '#src/comparison/colours.ts';
import type { Line } from '#src/components/charts/line-option.ts';
import { Section } from '#src/components/ui/section.tsx';
import { seriesKey } from '#src/live/series.ts';
import { useRecord } from '#src/live/use-record.ts';
import type { Analysis } from '#src/server/comparison/schemas.ts';
import type { Run } from '#src/server/schemas.ts';
import { Curves } from '../curves.tsx';
import { metricKeys } from '../metric-keys.ts';

/** The curves of the compared runs. */
export function CurvesSlot({
  analysis,
  looks,
}: {
  readonly analysis: Analysis;
  readonly looks: ReadonlyMap<string, Look>;
}) {
  const trpc = useTRPC();
  const runIds = analysis.levels.flatMap(({ runs }) => runs.ids).slice(0, 60);
  const { data, dataUpdatedAt } = useQuery(
    trpc.runs.getMany.queryOptions({ runIds }, { enabled: runIds.length > 0, staleTime: 60_000 }),
  );
  const lookOf = new Map(
    analysis.levels.flatMap(({ level, runs }) => runs.ids.map((id) => [id, looks.get(level)] as const)),
  );
  if (!data) return null;
  return <CurvesOf key={runIds.join()} runs={data} readAt={dataUpdatedAt} lookOf={lookOf} />;
}

function CurvesOf({
  runs,
  readAt,
  lookOf,
}: {
  readonly runs: readonly Run[];
  readonly readAt: number;
  readonly lookOf: ReadonlyMap<string, Look | undefined>;
}) {
  const t = useTranslations('compare');
  const keys = useMemo(() => metricKeys(runs), [runs]);
  const { series, connection } = useRecord(runs, readAt, { keys });
  const charts = keys.map((key) => ({
    key,
    lines: runs.flatMap((run): Line[] => {
      const found = series.get(seriesKey(run.id, key));
      const look = lookOf.get(run.id);
      return found && look
        ? [{ id: run.id, name: run.name, look, weight: 'normal', steps: found.steps, values: found.values }]
        : [];
    }),
  }));
  return (
    <Section title={t('curves')}>
      <Curves charts={charts} reading={connection === 'reading'} />
    </Section>
  );
}
