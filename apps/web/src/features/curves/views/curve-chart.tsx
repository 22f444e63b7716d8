'use client';

import { memo, useCallback, useMemo, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { LineChart } from '#src/charts/line-chart.tsx';
import type { LineGroup, LinePicture } from '#src/charts/line-picture.ts';
import { countText, partialEnds } from '#src/charts/line-stretches.ts';
import type { ViewRange } from '#src/contract/axes.ts';
import { groupKey } from '#src/contract/outline.ts';
import type { Target } from '#src/contract/target.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import type { AskedCurves, Drawn } from '#src/live/chart-data.ts';
import { useChart, useEveryPoint } from '#src/live/use-chart.ts';
import { useNearView } from '#src/ui/use-near-view.ts';
import { arePositive, drawnRange, isLoss, isReadByPowers } from '../model/metric-scales.ts';
import type { CurvesView } from './curves-toolbar.tsx';
import { useCurvesAxis } from './use-curves-axis.ts';

interface Props {
  readonly metric: string;
  readonly target: Target;
  readonly view: CurvesView;
  readonly by: readonly string[];
  /** The page's groups, which give the chart's groups their looks. */
  readonly groups: readonly LineGroup[];
  readonly lines: 'raw' | 'mean' | 'both';
  /** Whether the reader zooms in another chart. Then this one changes its range only when the new points have arrived. */
  readonly follows: boolean;
  readonly onRange: (range: ViewRange | null, metric: string) => void;
  /** The losses that the runs minimise, where there are several. */
  readonly losses: readonly string[];
  /** Makes a metric's logarithmic axis linear, or logarithmic again. */
  readonly onLinear: (metric: string, linear: boolean) => void;
  /** Pins the metric or lets it go; left out where nothing is pinned. */
  readonly pin?:
    | { readonly isPinned: boolean; readonly onPin: (metric: string, isPinned: boolean) => void }
    | undefined;
}

/** More buckets than a single run's chart has pixels. Many runs share the size of one answer. */
const BUCKETS = 1000;
const MARGIN = '400px';

/** The chart of one metric. Its curves are read when it comes near to being seen. */
export const CurveChart = memo(function CurveChart(props: Props) {
  const { metric, target, view, by, groups, lines, follows, onRange, losses, onLinear, pin } = props;
  const t = useTranslations('curves');
  const chart = useTranslations('chart');
  const { metricName, metricAxis } = useFormat();
  const place = useRef<HTMLDivElement>(null);
  const near = useNearView(place, MARGIN);
  const { x, range, smooth } = view;
  const asked = useMemo<AskedCurves>(
    () => ({
      key: metric,
      x,
      range,
      buckets: BUCKETS,
      smoothing: smooth,
      by,
      raw: lines !== 'mean',
      mean: lines !== 'raw',
    }),
    [metric, x, range, smooth, by, lines],
  );
  const { drawn, loading, failed } = useChart(target, near ? asked : null);

  const onChartRange = useCallback((range: ViewRange | null) => onRange(range, metric), [onRange, metric]);
  const picture = useMemo(() => pictureOf(drawn, groups), [drawn, groups]);
  // A zoom shows the existing points at once. Another axis is shown when its points have arrived.
  const same = drawn === null || (drawn.asked.x === x && (failed || !follows));
  const zoom = same ? range : drawn.asked.range;
  const inView = zoom ?? drawn?.extent ?? null;
  const axis = useCurvesAxis(drawn?.x ?? x, inView);
  const byPowers = useMemo(() => isReadByPowers(metric) && hasLogarithm(picture), [metric, picture]);
  const isLinear = view.linear.includes(metric);
  const notes = useNotes(drawn, picture, view);
  const partial = usePartialNote(picture, inView, axis.placeText);
  const readEvery = useEveryPoint(target);
  const everyPoint = useCallback(async () => {
    const { drawn: every, isThinned } = await readEvery({ ...asked, range: zoom });
    return { picture: pictureOf(every, groups), isThinned };
  }, [readEvery, asked, zoom, groups]);
  const empty = drawn !== null && drawn.extent === null;
  return (
    <div ref={place} className="min-w-0" data-loading={loading}>
      <LineChart
        title={metricName(metric)}
        picture={picture}
        view={inView}
        x={axis}
        yName={metricAxis(metric)}
        known={zoom ? undefined : drawnRange(metric)}
        logarithmic={{ x: view.logx, y: view.logy || (byPowers && !isLinear) }}
        controls={
          <>
            {byPowers && !view.logy && (
              <label className="inline-flex items-center gap-2 text-small text-muted">
                <input
                  type="checkbox"
                  className="accent-accent"
                  checked={!isLinear}
                  onChange={(event) => onLinear(metric, !event.target.checked)}
                />
                {chart('logarithmic')}
              </label>
            )}
            {pin && <PinButton metric={metric} {...pin} />}
          </>
        }
        note={
          losses.length > 0 && isLoss(metric) ? (
            <span className="text-caution">{t('differentLosses', { names: losses.join(t('listSeparator')) })}</span>
          ) : undefined
        }
        clip={view.clip}
        onRange={onChartRange}
        everyPoint={everyPoint}
        message={failed && !drawn ? t('failed') : empty ? chart('noPoints') : null}
      />
      <p className="min-h-5 text-small text-caution">
        {failed && drawn ? `${t('stale')} ` : ''}
        {[notes, partial].filter(Boolean).join(' ')}
      </p>
    </div>
  );
});

interface PinProps {
  readonly metric: string;
  readonly isPinned: boolean;
  readonly onPin: (metric: string, isPinned: boolean) => void;
}

/** Puts the chart among the pinned ones, or back into its section. */
function PinButton({ metric, isPinned, onPin }: PinProps) {
  const t = useTranslations('curves');
  return (
    <button
      type="button"
      className={`icon-button ${isPinned ? 'text-accent' : ''}`}
      aria-pressed={isPinned}
      aria-label={t('pin', { metric })}
      title={t(isPinned ? 'unpin' : 'pinHint')}
      onClick={() => onPin(metric, !isPinned)}
    >
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" stroke="currentColor" strokeWidth="1.2">
        <path
          d="M5 1.5h4l-.5 4 2 2.2h-7l2-2.2zM7 7.7v4.8"
          fill={isPinned ? 'currentColor' : 'none'}
          strokeLinejoin="round"
        />
      </svg>
    </button>
  );
}

/** The picture of the curves, in the looks of the page's groups. */
function pictureOf(drawn: Drawn | null, groups: readonly LineGroup[]): LinePicture {
  const means = new Map(drawn?.groups.map((group) => [groupKey(group.levels), group]));
  const places = new Map(groups.map(({ id }, at) => [id, at]));
  return {
    groups: groups.map((group) => ({ ...group, mean: means.get(group.id) ?? null })),
    runs: (drawn?.runs ?? []).flatMap(({ runId, levels, ...run }) => {
      const group = places.get(groupKey(levels));
      return group === undefined ? [] : [{ ...run, id: runId, group }];
    }),
  };
}

/** Whether everything that is drawn has a logarithm. */
const hasLogarithm = ({ runs, groups }: LinePicture): boolean =>
  arePositive([...runs.map(({ values }) => values), ...groups.flatMap(({ mean }) => (mean ? [mean.mean] : []))]);

/** The note on partial means names at most this many groups. */
const MOST_TOLD = 3;

/**
 * A note on the groups whose mean in view is partly over fewer runs than they have, and where; empty where there are none.
 */
function usePartialNote(picture: LinePicture, view: ViewRange | null, placeText: (x: number) => string): string {
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
function useNotes(drawn: Drawn | null, picture: LinePicture, { x, logy }: CurvesView): string {
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
