'use client';

import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import type { Look } from '#src/comparison/looks.ts';
import { Section } from '#src/components/ui/section.tsx';
import { useNearView } from '#src/components/ui/use-near-view.ts';
import { type Series, seriesKey } from '#src/live/series.ts';
import type { Analysis, LevelAnswer } from '#src/server/comparison/schemas.ts';
import { Boundaries } from '../boundaries.tsx';
import type { LabelledRun } from '../named-run.ts';

interface Props {
  readonly analysis: Analysis;
  readonly looks: ReadonlyMap<string, Look>;
  readonly nameOf: (level: LevelAnswer) => string;
  /** Whether every run is shown, or one of each level. */
  readonly every: boolean;
  readonly onEvery: (every: boolean) => void;
  readonly refetchMs: number | false;
}

/** Few enough that all are shown without being asked for. */
const FEW = 6;
const PAGE = 24;

/** Decision boundaries as small multiples that one slider moves through training together. */
export function BoundariesSection({ analysis, looks, nameOf, every, onEvery, refetchMs }: Props) {
  const t = useTranslations('comparison');
  const host = useRef<HTMLDivElement>(null);
  const isNear = useNearView(host);
  const [pages, setPages] = useState(1);
  const total = analysis.levels.reduce((sum, { runs }) => sum + runs.ids.length, 0);
  const few = total <= FEW;
  const wanted = useMemo(
    () => runsOf(analysis.levels, looks, nameOf, few || every),
    [analysis.levels, looks, nameOf, few, every],
  );
  const shown = wanted.slice(0, pages * PAGE);
  const { frames, points, series, reading } = useFrames(shown, isNear, refetchMs);
  return (
    <Section
      title={t('boundaries')}
      note={few || every ? t('boundariesAll') : t('boundariesNote')}
      aside={
        !few && (
          <label className="inline-flex min-h-8 items-center gap-2 text-small">
            <input
              type="checkbox"
              className="accent-accent"
              checked={every}
              onChange={(event) => onEvery(event.target.checked)}
            />
            {t('everyRun', { count: total })}
          </label>
        )
      }
    >
      <div ref={host}>
        <Boundaries runs={shown} frames={frames} points={points} series={series} reading={reading} />
        {shown.length < wanted.length && (
          <button type="button" className="button mt-4" onClick={() => setPages(pages + 1)}>
            {t('moreBoundaries', { count: Math.min(PAGE, wanted.length - shown.length) })}
          </button>
        )}
      </div>
    </Section>
  );
}

/** All runs, level by level; or of each level the one in the middle, called by its level. */
function runsOf(
  levels: readonly LevelAnswer[],
  looks: ReadonlyMap<string, Look>,
  nameOf: (level: LevelAnswer) => string,
  all: boolean,
): LabelledRun[] {
  return levels.flatMap((level) => {
    const look = looks.get(level.level);
    if (!look) return [];
    if (!all) return [{ run: { id: level.median }, name: nameOf(level), look }];
    return level.runs.ids.map((id, i) => ({ run: { id }, name: level.runs.names[i] ?? id, look }));
  });
}

const BATCH = 12;

/** What the shown runs recorded of their boundaries, and of their accuracy on the way. */
function useFrames(runs: readonly LabelledRun[], enabled: boolean, refetchInterval: number | false) {
  const trpc = useTRPC();
  const batches = Array.from({ length: Math.ceil(runs.length / BATCH) }, (_, i) =>
    runs.slice(i * BATCH, (i + 1) * BATCH).map(({ run }) => run.id),
  );
  const boundaries = useQueries({
    queries: batches.map((runIds) =>
      trpc.runs.boundary.queryOptions({ runIds }, { enabled, placeholderData: keepPreviousData, refetchInterval }),
    ),
  });
  const found = boundaries.map(({ data }) => data);
  const frames = useStable(found.flatMap((answer) => answer?.frames ?? []).sort((a, b) => a.step - b.step));
  const points = useStable(found.flatMap((answer) => answer?.points ?? []));
  const steps = useMemo(() => [...new Set(frames.map(({ step }) => step))].sort((a, b) => a - b), [frames]);
  const accuracies = useQueries({
    queries: batches.map((runIds) =>
      trpc.comparison.accuracies.queryOptions(
        { runIds, steps },
        { enabled: enabled && steps.length > 0, placeholderData: keepPreviousData },
      ),
    ),
  });
  const read = useStable(accuracies.flatMap(({ data }) => data ?? []));
  const series = useMemo(
    () =>
      new Map(
        read.map(({ runId, steps, values }): [string, Series] => [
          seriesKey(runId, 'accuracy'),
          { steps, values, next: steps.length },
        ]),
      ),
    [read],
  );
  return { frames, points, series, reading: !enabled || boundaries.some(({ isPending }) => isPending) };
}

/** The same list as long as its items are the same. */
function useStable<T>(items: readonly T[]): readonly T[] {
  const kept = useRef(items);
  const isSame = kept.current.length === items.length && items.every((item, i) => kept.current[i] === item);
  if (!isSame) kept.current = items;
  return kept.current;
}
