'use client';

import { useCallback, useMemo, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import type { LevelAt, Look } from '#src/charts/looks.ts';
import type { Overview } from '#src/contract/comparison.ts';
import type { Question } from '#src/contract/question.ts';
import type { Target } from '#src/contract/target.ts';
import { useLevelName } from '#src/features/levels/use-level-name.ts';
import { useStatisticsText } from '#src/features/levels/use-statistics-text.ts';
import { Section } from '#src/ui/section.tsx';
import { useNearView } from '#src/ui/use-near-view.ts';
import { ComparedRunsTable } from './compared-runs-table.tsx';
import { ParallelChart } from './parallel-chart.tsx';
import { ScatterChart } from './scatter-chart.tsx';
import { type ComparedRun, factorField, type Quantity, quantitiesOf, useRuns } from './use-runs.ts';
import type { ComparedSelection } from './use-selection.ts';

interface Props {
  readonly target: Target;
  readonly overview: Overview;
  readonly question: Question;
  readonly lookOf: (levelAt: LevelAt) => Look;
  readonly x: string;
  readonly y: string;
  readonly onX: (field: string) => void;
  readonly onY: (field: string) => void;
  readonly selection: ComparedSelection;
}

/** Configs against results, run by run: as points, as lines across axes, and as a table, with one common selection. */
export function RelationsSection({ target, overview, question, lookOf, x, y, onX, onY, selection }: Props) {
  const t = useTranslations('comparison');
  const { metricTitle } = useStatisticsText();
  const host = useRef<HTMLDivElement>(null);
  const isNear = useNearView(host);
  const quantities = useMemo(() => quantitiesOf(overview, question), [overview, question]);
  const { runs, isRead, isError } = useRuns(target, quantities, { enabled: isNear });
  const nameOf = useCallback(
    ({ kind, key, field }: Quantity) =>
      kind === 'factor' ? key : metricTitle(key, field === question.field ? question.part : 'last'),
    [metricTitle, question],
  );
  const lookOfRun = useCallback(
    ({ values }: ComparedRun) => lookOf((path) => values.get(factorField(path)) ?? undefined),
    [lookOf],
  );
  const colourOf = useCallback((run: ComparedRun) => lookOfRun(run).colour, [lookOfRun]);
  const { nameValue } = useLevelName();
  const [path] = question.by;
  const legend = (overview.factors.find((factor) => factor.path === path)?.levels ?? []).map(({ value }) => ({
    name: nameValue(value),
    look: { ...lookOf((other) => (other === path ? (value ?? undefined) : undefined)), stroke: 'solid' as const },
  }));
  const numeric = quantities.filter(({ field }) =>
    overview.factors.some(
      ({ path, levels }) => factorField(path) === field && levels.some(({ value }) => typeof value === 'number'),
    ),
  );
  const find = (field: string) => quantities.find((quantity) => quantity.field === field);
  const across = find(x) ?? numeric[0] ?? quantities[0];
  const up = find(y) ?? find(question.field) ?? quantities.at(-1);
  const isEmpty = isRead && runs.length === 0;
  return (
    <>
      <Section title={t('relations')} note={t('relationsNote')}>
        <div
          ref={host}
          className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-8"
          style={{ minHeight: isEmpty ? undefined : 760 }}
        >
          {isError && <p className="text-small text-alarm">{t('failed')}</p>}
          {runs.length > 0 && across && up && (
            <>
              <ScatterChart
                runs={runs}
                quantities={quantities}
                x={across}
                y={up}
                onX={onX}
                onY={onY}
                nameOf={nameOf}
                colourOf={colourOf}
                legend={legend}
                selected={selection.ids}
                onSelect={selection.select}
              />
              <ParallelChart
                runs={runs}
                quantities={quantities}
                nameOf={nameOf}
                colourOf={colourOf}
                legend={legend}
                selected={selection.ids}
                onSelect={selection.select}
              />
            </>
          )}
        </div>
      </Section>
      <Section title={t('comparedRuns')}>
        <ComparedRunsTable
          runs={runs}
          unread={isRead || runs.length > 0 ? null : isError ? t('failed') : t('runsReading', { count: overview.runs })}
          quantities={quantities}
          nameOf={nameOf}
          lookOf={lookOfRun}
          selection={selection}
          experimentId={'experimentId' in target ? target.experimentId : null}
        />
      </Section>
    </>
  );
}
