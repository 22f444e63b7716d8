'use client';

import { memo, useCallback, useMemo, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { LineChart } from '#src/charts/line-chart.tsx';
import type { LineGroup, LinePicture } from '#src/charts/line-picture.ts';
import type { ViewRange } from '#src/contract/axes.ts';
import type { Target } from '#src/contract/target.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import type { AskedCurves } from '#src/live/chart-data.ts';
import { useCharts, useEveryPoint } from '#src/live/use-chart.ts';
import { useNearView } from '#src/ui/use-near-view.ts';
import { type ChartPart, jointExtent, jointPicture } from '../model/joint-picture.ts';
import { arePositive, drawnRange, isLoss, isReadByPowers } from '../model/metric-scales.ts';
import type { CurvesView } from './curves-toolbar.tsx';
import { MetricPicker } from './metric-picker.tsx';
import { useNotes, usePartialNote } from './use-chart-notes.ts';
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
  /** The metrics that are drawn into this chart as well. */
  readonly others: readonly string[];
  /** All metrics, to choose such from. */
  readonly metrics: readonly string[];
  readonly onJoin: (metric: string, other: string, isJoint: boolean) => void;
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
  const { metric, target, view, by, groups, lines, follows, onRange, losses, onLinear, pin, others } = props;
  const { metrics, onJoin } = props;
  const t = useTranslations('curves');
  const chart = useTranslations('chart');
  const { metricName, metricAxis } = useFormat();
  const place = useRef<HTMLDivElement>(null);
  const near = useNearView(place, MARGIN);
  const { x, range, smooth } = view;
  const keys = useMemo(() => [metric, ...others], [metric, others]);
  const asked = useMemo(
    () =>
      keys.map(
        (key): AskedCurves => ({
          key,
          x,
          range,
          buckets: BUCKETS,
          smoothing: smooth,
          by,
          raw: lines !== 'mean',
          mean: lines !== 'raw',
        }),
      ),
    [keys, x, range, smooth, by, lines],
  );
  const states = useCharts(target, near ? asked : null);
  const loading = states.some((state) => state.loading);
  const failed = states.some((state) => state.failed);
  const parts = useSameParts(keys.map((key, i) => ({ key, name: metricName(key), drawn: states[i]?.drawn ?? null })));
  const drawn = parts[0]?.drawn ?? null;

  const onChartRange = useCallback((range: ViewRange | null) => onRange(range, metric), [onRange, metric]);
  const picture = useMemo(() => jointPicture(parts, groups), [parts, groups]);
  // A zoom shows the existing points at once. Another axis is shown when its points have arrived.
  const same = drawn === null || (drawn.asked.x === x && (failed || !follows));
  const zoom = same ? range : drawn.asked.range;
  const inView = zoom ?? jointExtent(parts);
  const axis = useCurvesAxis(drawn?.x ?? x, inView);
  const byPowers = useMemo(() => keys.every(isReadByPowers) && hasLogarithm(picture), [keys, picture]);
  const choices = useMemo(() => metrics.filter((key) => key !== metric), [metrics, metric]);
  const isLinear = view.linear.includes(metric);
  const told = useMemo(
    () => drawn && { x: drawn.x, damaged: parts.flatMap((part) => part.drawn?.damaged ?? []) },
    [drawn, parts],
  );
  const notes = useNotes(told, picture, view);
  const partial = usePartialNote(picture, inView, axis.placeText);
  const readEvery = useEveryPoint(target);
  const everyPoint = useCallback(async () => {
    const every = await Promise.all(asked.map((one) => readEvery({ ...one, range: zoom })));
    const whole = parts.map((part, i) => ({ ...part, drawn: every[i]?.drawn ?? null }));
    return { picture: jointPicture(whole, groups), isThinned: every.some(({ isThinned }) => isThinned) };
  }, [readEvery, asked, parts, zoom, groups]);
  const empty = drawn !== null && jointExtent(parts) === null;
  return (
    <div ref={place} className="min-w-0" data-loading={loading}>
      <LineChart
        title={parts.map(({ name }) => name).join(t('listSeparator'))}
        picture={picture}
        view={inView}
        x={axis}
        yName={keys.length === 1 ? metricAxis(metric) : ''}
        showsLegend={keys.length > 1}
        known={zoom ? undefined : sharedRange(keys)}
        logarithmic={{ x: view.logx, y: view.logy || (byPowers && !isLinear) }}
        controls={
          <>
            {byPowers && !view.logy && (
              <LogarithmBox checked={!isLinear} onChange={(checked) => onLinear(metric, !checked)} />
            )}
            <AddMetric metric={metric} metrics={choices} chosen={others} onJoin={onJoin} />
            {pin && <PinButton metric={metric} {...pin} />}
          </>
        }
        note={
          losses.length > 0 && keys.some(isLoss) ? (
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

/** The same list as long as its parts are the same. */
function useSameParts(parts: readonly ChartPart[]): readonly ChartPart[] {
  const known = useRef(parts);
  const isSame = (part: ChartPart, i: number) => {
    const before = known.current[i];
    return before?.key === part.key && before.name === part.name && before.drawn === part.drawn;
  };
  if (parts.length !== known.current.length || !parts.every(isSame)) known.current = parts;
  return known.current;
}

/** The fixed range of the axis, where all metrics have the same. */
function sharedRange(keys: readonly string[]): readonly [number, number] | undefined {
  const ranges = keys.map(drawnRange);
  const [first] = ranges;
  return ranges.every((range) => range?.[0] === first?.[0] && range?.[1] === first?.[1]) ? first : undefined;
}

/** Whether the vertical axis of a metric over many powers of ten is logarithmic. */
function LogarithmBox({ checked, onChange }: { readonly checked: boolean; readonly onChange: (on: boolean) => void }) {
  const t = useTranslations('chart');
  return (
    <label className="inline-flex items-center gap-2 text-small text-muted">
      <input
        type="checkbox"
        className="accent-accent"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      {t('logarithmic')}
    </label>
  );
}

/** Chooses the metrics that are drawn into the chart as well. */
function AddMetric({
  metric,
  metrics,
  chosen,
  onJoin,
}: Pick<Props, 'metric' | 'metrics' | 'onJoin'> & { readonly chosen: readonly string[] }) {
  const t = useTranslations('curves');
  const { metricName } = useFormat();
  return (
    <MetricPicker
      label={t('addMetric', { metric: metricName(metric) })}
      className={`icon-button ${chosen.length > 0 ? 'text-accent' : ''}`}
      metrics={metrics}
      chosen={chosen}
      onChoose={(other, isJoint) => onJoin(metric, other, isJoint)}
    >
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" stroke="currentColor" strokeWidth="1.2">
        <path d="M7 2v10M2 7h10" />
      </svg>
    </MetricPicker>
  );
}

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

/** Whether everything that is drawn has a logarithm. */
const hasLogarithm = ({ runs, groups }: LinePicture): boolean =>
  arePositive([...runs.map(({ values }) => values), ...groups.flatMap(({ mean }) => (mean ? [mean.mean] : []))]);
