'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { runName } from '@whorl/core';
import { useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import type { Look } from '#src/charts/looks.ts';
import type { Analysis, FactorValue, LevelAnswer, Overview } from '#src/contract/comparison.ts';
import type { Target } from '#src/contract/target.ts';
import { Boundaries, type PictureRow } from '#src/features/boundaries/boundaries.tsx';
import {
  boundaryRows,
  firstRows,
  type Held,
  oneSeedEach,
  picturesOf,
} from '#src/features/boundaries/model/boundary-rows.ts';
import { useFrames } from '#src/features/boundaries/use-frames.ts';
import { useLevelName } from '#src/features/levels/use-level-name.ts';
import { Section } from '#src/ui/section.tsx';
import { useNearView } from '#src/ui/use-near-view.ts';
import { factorField } from './use-runs.ts';

interface Props {
  readonly target: Target;
  readonly overview: Overview;
  readonly analysis: Analysis;
  readonly looks: ReadonlyMap<string, Look>;
  readonly nameOf: (level: LevelAnswer) => string;
  /** Whether the runs of every seed are shown, or of a single one. */
  readonly every: boolean;
  readonly onEvery: (every: boolean) => void;
}

/** Up to this many pictures all are shown. */
const FEW = 6;
const PAGE = 24;
/** Together with the seed, as many fields as can be read at once. */
const MOST_HELD = 39;

/**
 * Decision boundaries in rows that one slider moves through training: the compared levels side by side, each row with equal
 * other factors and seed.
 */
export function BoundariesSection({ target, overview, analysis, looks, nameOf, every, onEvery }: Props) {
  const t = useTranslations('comparison');
  const host = useRef<HTMLDivElement>(null);
  const isNear = useNearView(host);
  const [pages, setPages] = useState(1);
  const others = useMemo(
    () => overview.factors.filter(({ path, follows }) => !follows && !analysis.by.includes(path)).slice(0, MOST_HELD),
    [overview.factors, analysis.by],
  );
  const heldOf = useHeld(target, others, isNear);
  const total = analysis.levels.reduce((sum, { runs }) => sum + runs.ids.length, 0);
  const few = total <= FEW;
  const wanted = useMemo(() => {
    const orders = others.map(({ levels }) => levels.map(({ value }) => value));
    const rows = boundaryRows(analysis.levels, heldOf, orders);
    return few || every ? rows : oneSeedEach(rows);
  }, [analysis.levels, heldOf, others, few, every]);
  const shown = useMemo(() => firstRows(wanted, pages * PAGE, PAGE), [wanted, pages]);
  const { nameOf: nameValues } = useLevelName();
  const rows = useMemo((): PictureRow[] => {
    const rest = others.map(({ path }) => path);
    return shown.map(({ held, runs }) => ({
      title: runName(rest.length > 0 ? nameValues(held.values, rest) : '', t('seed', { seed: String(held.seed) })),
      pictures: runs.map((id, column) => {
        const level = analysis.levels[column];
        const look = level && looks.get(level.level);
        if (!level || !look) return null;
        if (id === null) return { missing: t('noSuchRun', { level: nameOf(level) }) };
        // The name of the whole configuration: the title of a row is repeated with each picture.
        const whole = nameValues([...level.values, ...held.values], [...analysis.by, ...rest]);
        const name = runName(whole, t('seed', { seed: String(held.seed) }));
        return { run: { id }, name, look };
      }),
    }));
  }, [shown, others, analysis, looks, nameOf, nameValues, t]);
  const runs = useMemo(
    () => rows.flatMap(({ pictures }) => pictures.flatMap((item) => (item && 'run' in item ? [item] : []))),
    [rows],
  );
  const { frames, points, accuracies, reading } = useFrames(runs, isNear);
  const left = picturesOf(wanted) - picturesOf(shown);
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
        <Boundaries
          runs={runs}
          rows={rows}
          frames={frames}
          points={points}
          accuracies={accuracies}
          reading={reading || (total > 0 && runs.length === 0)}
        />
        {left > 0 && (
          <button type="button" className="button mt-4" onClick={() => setPages(pages + 1)}>
            {t('moreBoundaries', { count: Math.min(PAGE, left) })}
          </button>
        )}
      </div>
    </Section>
  );
}

/** The values of some factors, and the seed, of each run. */
function useHeld(
  target: Target,
  factors: readonly { readonly path: string }[],
  enabled: boolean,
): (runId: string) => Held | undefined {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.comparison.columns.queryOptions(
      { target, fields: ['seed', ...factors.map(({ path }) => factorField(path))] },
      { enabled, placeholderData: keepPreviousData },
    ),
  );
  return useMemo(() => {
    const [seeds = [], ...columns] = data?.columns ?? [];
    const held = new Map<string, Held>(
      data?.ids.map((id, row) => [
        id,
        { seed: seeds[row] ?? null, values: columns.map((column): FactorValue => column[row] ?? null) },
      ]),
    );
    return (runId: string) => held.get(runId);
  }, [data]);
}
