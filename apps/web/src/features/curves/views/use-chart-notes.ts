import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import type { LinePicture } from '#src/charts/line-picture.ts';
import { countText, partialEnds } from '#src/charts/line-stretches.ts';
import type { ViewRange } from '#src/contract/axes.ts';
import type { Drawn } from '#src/live/chart-data.ts';
import type { CurvesView } from './curves-toolbar.tsx';

/** The note on partial means names at most this many groups. */
const MOST_TOLD = 3;

/**
 * A note on the groups whose mean in view is partly over fewer runs than they have, and where; empty where there are none.
 */
export function usePartialNote(picture: LinePicture, view: ViewRange | null, placeText: (x: number) => string): string {
  const t = useTranslations('curves');
  return useMemo(() => {
    const told = picture.groups.flatMap(({ name, mean, hidden }) => {
      if (!mean || hidden || !view) return [];
      const { until, from } = partialEnds(mean, view);
      const texts = [
        until && t('partialUntil', { name, place: placeText(until.x), runs: countText(until), members: until.members }),
        from && t('partialFrom', { name, place: placeText(from.x), runs: countText(from), members: from.members }),
      ].filter((text) => text !== null);
      return texts.length > 0 ? [texts.join(' ')] : [];
    });
    if (told.length === 0) return '';
    const more = told.length > MOST_TOLD ? ` ${t('partialMore', { count: told.length - MOST_TOLD })}` : '';
    return t('partial', { where: `${told.slice(0, MOST_TOLD).join(' ')}${more}` });
  }, [picture, view, placeText, t]);
}

/** Notes on what the chart cannot show. */
export function useNotes(
  drawn: Pick<Drawn, 'x' | 'damaged'> | null,
  picture: LinePicture,
  { x, logy }: CurvesView,
): string {
  const t = useTranslations('curves');
  return useMemo(() => {
    const kinds = { nan: 0, up: 0, down: 0, low: 0 };
    for (const { group, values } of picture.runs) {
      if (picture.groups[group]?.hidden) continue;
      for (const y of values as Float64Array) {
        if (Number.isNaN(y)) kinds.nan += 1;
        else if (y === Number.POSITIVE_INFINITY) kinds.up += 1;
        else if (y === Number.NEGATIVE_INFINITY) kinds.down += 1;
        else if (logy && y <= 0) kinds.low += 1;
      }
    }
    const shown = picture.runs.filter(({ group }) => picture.groups[group]?.hidden === false);
    const restarts = shown.some(({ restarts }) => (restarts?.length ?? 0) > 0);
    const hasLeft = shown.some(({ left }) => (left?.length ?? 0) > 0);
    const steps =
      picture.runs.length > 0
        ? 0
        : picture.groups.reduce((sum, { mean, hidden }) => {
            if (!mean || hidden) return sum;
            return sum + (mean.nonFinite as Float64Array).filter((count) => count > 0).length;
          }, 0);
    const [first, ...others] = drawn?.damaged ?? [];
    return [
      first === undefined ? '' : t('damaged', { first, others: others.length }),
      drawn && x === 'epoch' && drawn.x !== 'epoch' ? t('noEpochs') : '',
      restarts ? t('hasRestarts') : '',
      hasLeft ? t('hasLeft') : '',
      kinds.nan > 0 ? t('hasNan') : '',
      kinds.up > 0 ? t('hasUp') : '',
      kinds.down > 0 ? t('hasDown') : '',
      steps > 0 ? t('hasNotFinite') : '',
      kinds.low > 0 ? t('notOnLog') : '',
    ]
      .filter(Boolean)
      .join(' ');
  }, [drawn, picture, x, logy, t]);
}
