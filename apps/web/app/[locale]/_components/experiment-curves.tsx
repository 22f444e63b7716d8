'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import { looksOf } from '#src/comparison/colours.ts';
import { configurationsOf, varyingPaths } from '#src/comparison/configurations.ts';
import type { Line } from '#src/components/charts/line-option.ts';
import { meanCurve } from '#src/components/charts/mean-line.ts';
import { seriesKey } from '#src/live/series.ts';
import { useRecord } from '#src/live/use-record.ts';
import type { Run } from '#src/server/schemas.ts';
import { useConfigurationName } from './configuration-label.tsx';
import { Curves } from './curves.tsx';
import { metricKeys } from './metric-keys.ts';

/** The curves of an experiment's newest runs. */
export function ExperimentCurves({ experimentId, readAt }: { readonly experimentId: string; readonly readAt: number }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.runs.list.queryOptions({ experimentId, limit: 200 }, { staleTime: Infinity }));
  return data ? <Drawn experimentId={experimentId} runs={data.items} readAt={readAt} /> : null;
}

function Drawn({
  experimentId,
  runs: initial,
  readAt,
}: {
  readonly experimentId: string;
  readonly runs: readonly Run[];
  readonly readAt: number;
}) {
  const t = useTranslations('experiment');
  const nameOf = useConfigurationName();
  const keys = useMemo(() => metricKeys(initial), [initial]);
  const { runs, series, connection } = useRecord(initial, readAt, { experimentId, keys });
  const varying = useMemo(() => varyingPaths(runs), [runs]);
  const configurations = useMemo(() => configurationsOf(runs, varying), [runs, varying]);
  const looks = useMemo(() => looksOf(runs, varying), [runs, varying]);
  const charts = useMemo(
    () =>
      keys.map((key) => ({
        key,
        lines: configurations.flatMap((configuration): Line[] => {
          const curves = configuration.runs.flatMap((run): Line[] => {
            const points = series.get(seriesKey(run.id, key));
            const look = looks.get(run.id);
            if (!points || !look) return [];
            return [{ id: run.id, name: run.name, look, weight: 'thin', steps: points.steps, values: points.values }];
          });
          const [first] = curves;
          if (!first) return [];
          const name = nameOf(configuration.values) || t('mean');
          return [
            ...curves,
            { ...meanCurve(curves), id: `mean ${configuration.key}`, name, look: first.look, weight: 'bold' },
          ];
        }),
      })),
    [keys, configurations, looks, series, nameOf, t],
  );
  return <Curves charts={charts} reading={connection === 'reading'} />;
}
