'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { own } from '@whorl/core';
import { type ReactNode, useCallback, useDeferredValue, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import { Crosshair, CrosshairContext } from '#src/charts/crosshair.ts';
import type { LineGroup } from '#src/charts/line-picture.ts';
import type { FactorLevels } from '#src/charts/looks.ts';
import { isTimed, isViewRange, type ViewRange } from '#src/contract/axes.ts';
import type { Levels, Outline } from '#src/contract/curves.ts';
import { curvesOutline, groupKey } from '#src/contract/outline.ts';
import type { Run } from '#src/contract/schemas.ts';
import type { Target } from '#src/contract/target.ts';
import { useLevelName } from '#src/features/levels/use-level-name.ts';
import { useFollow } from '#src/live/live-provider.tsx';
import { Section } from '#src/ui/section.tsx';
import { BadView } from '#src/view/bad-view.tsx';
import { useView } from '#src/view/use-view.ts';
import { CURVES_VIEW, NO_GROUPS } from './model/curves-view.ts';
import { groupLooks } from './model/group-looks.ts';
import { type GroupOrder, ranksOf } from './model/group-order.ts';
import { metricsInChart, withJoint } from './model/joint-charts.ts';
import { isLossPath } from './model/metric-scales.ts';
import { areSectioned, type ShownSections, shownSections, withPin } from './model/metric-sections.ts';
import { shownMetrics } from './model/shown-metrics.ts';
import { CurveChart } from './views/curve-chart.tsx';
import { CurvesLegend } from './views/curves-legend.tsx';
import { CurvesToolbar, type CurvesView } from './views/curves-toolbar.tsx';
import { MetricSections } from './views/metric-sections.tsx';

interface Props {
  readonly target: Target;
  /** All runs of the target, if the page has them, else empty: then the server tells what there is. */
  readonly runs: readonly Run[];
  /** What can be drawn of the target, if the page was read with it. */
  readonly first?: Outline | undefined;
  /** When the page was read, in ms since 1970. */
  readonly readAt: number;
  /** Whether the target may still change. */
  readonly live: boolean;
  /** The paths by which the page groups runs; without them the reader chooses here. */
  readonly by?: readonly string[];
  /** The factors that distinguish configurations on this page, the one for the colours first, with their levels. */
  readonly levels?: FactorLevels;
  /** The order in which the page lists its configurations, for the legend. */
  readonly order?: GroupOrder;
  /** The study's factors, the most important first. Needed where `runs` is given. */
  readonly ofStudy?: readonly string[];
  /** Whether runs that differ only in their seed are separate groups. */
  readonly seeds?: boolean;
  /** Shown beside the first two charts where there is room for two columns, else above them. */
  readonly beside?: ReactNode;
}

const NO_LEVELS: FactorLevels = new Map();
const NO_FACTORS: readonly string[] = [];

const NO_OTHERS: readonly string[] = [];

const MOST_RAW = 100;

/** The curves of some runs, with a chart for each metric: each run, and the mean of each group. */
export function CurvesSection({
  target,
  runs,
  first,
  readAt,
  live,
  by: given,
  levels = NO_LEVELS,
  order,
  ofStudy = NO_FACTORS,
  seeds = false,
  beside,
}: Props) {
  const t = useTranslations('curves');
  const { view, change, bad } = useView(CURVES_VIEW);
  const chosen = view.groups.length === 0 ? null : view.groups[0] === NO_GROUPS ? [] : view.groups;
  const { outline, isKnown } = useOutline(
    target,
    runs,
    given === undefined && chosen === null ? first : undefined,
    ofStudy,
    given ?? chosen,
    seeds,
  );
  const groups = useGroups(outline, runs, levels, order, given?.length === 0, view.hide);
  const found = !isKnown || outline.runs > 0;
  const { shown, sections, choice } = useShown(found ? outline : null, view);
  const { seen, onSeen } = useSeen(sections);
  const hasMeans = outline.groups.some((group) => group.runs > 1);
  const lines = linesOf(view.lines, outline.runs, hasMeans);
  const [crosshair] = useState(() => new Crosshair());

  const { joint } = view;
  const others = useMemo(() => new Map(joint.map(([first = '', ...others]) => [first, others])), [joint]);
  const followed = useMemo(
    () => [...new Set((sections ? seen : shown).flatMap((metric) => metricsInChart(joint, metric)))],
    [sections, seen, shown, joint],
  );
  useFollow(live ? { since: readAt, target, keys: followed, times: isTimed(view.x) } : null);

  const { zoomed, later, onChange, onRange, onLinear, onPin, onJoin } = useChanges(view, change);
  const names = useMemo(
    () => new Map(outline.groups.map(({ levels }) => [groupKey(levels), hideName(levels)])),
    [outline],
  );
  const losses = useMemo(() => lossesOf(outline, view.hide), [outline, view.hide]);
  const onHide = (ids: readonly string[]) => change({ hide: ids.flatMap((id) => names.get(id) ?? []) });
  const notes = notesOf(target, lines, view.smooth > 0);
  const chart = (metric: string, isPinned?: boolean) => {
    const follows = zoomed !== null && zoomed !== metric;
    return (
      <CurveChart
        key={metric}
        metric={metric}
        target={target}
        view={follows ? later : view}
        follows={follows}
        by={outline.by}
        groups={groups}
        lines={lines}
        onRange={onRange}
        losses={losses}
        onLinear={onLinear}
        others={others.get(metric) ?? NO_OTHERS}
        metrics={outline.metrics}
        onJoin={onJoin}
        pin={isPinned === undefined ? undefined : { isPinned, onPin }}
      />
    );
  };
  return (
    <Section title={t('title')} note={notes.map((key) => t(key)).join(' ') || undefined}>
      <BadView bad={bad} />
      {/* Without curves there is nothing to choose. */}
      {!(isKnown && outline.live === 0 && outline.metrics.length === 0) && (
        <div className="mb-4 grid gap-2">
          <CurvesToolbar
            view={view}
            onChange={onChange}
            outline={outline}
            shown={sections ? null : shown}
            groupable={given === undefined}
            hasMeans={hasMeans}
          />
          {groups.length > 1 && <CurvesLegend groups={groups} onHide={onHide} />}
        </div>
      )}
      <CrosshairContext value={crosshair}>
        {sections ? (
          <>
            {beside && <div className="mb-6 min-w-0">{beside}</div>}
            <MetricSections shown={sections} choice={choice} onChange={onChange} onSeen={onSeen} chart={chart} />
          </>
        ) : (
          <div
            className={`grid gap-x-8 gap-y-6 ${shown.length > 1 || beside ? 'lg:grid-cols-2 print:grid-cols-2' : ''}`}
          >
            {beside && <div className="min-w-0 lg:row-span-2 print:row-span-2">{beside}</div>}
            {shown.map((metric) => chart(metric))}
          </div>
        )}
      </CrosshairContext>
      {!isKnown && <div className="h-[640px] lg:h-[320px]" />}
      {isKnown && !sections && shown.length === 0 && <p className="text-muted">{t(found ? 'noMetrics' : 'noRuns')}</p>}
    </Section>
  );
}

/** What is shown of an outline: the charts of some metrics, or of very many metrics sections. Nothing for null. */
function useShown(outline: Outline | null, { metrics, find, pins, open, shut }: CurvesView) {
  const isSectioned = outline !== null && metrics.length === 0 && areSectioned(outline);
  const shown = useMemo(
    () => (outline && !isSectioned ? shownMetrics(outline, metrics) : []),
    [isSectioned, outline, metrics],
  );
  const choice = useMemo(() => ({ find, pins, open, shut }), [find, pins, open, shut]);
  const sections = useMemo(
    () => (outline && isSectioned ? shownSections(outline, choice) : null),
    [isSectioned, outline, choice],
  );
  return { shown, sections, choice };
}

/** The changes that toolbar, sections and charts make to the view. */
function useChanges(view: CurvesView, change: CurvesState['change']) {
  const { linear, pins, joint } = view;
  // The chart in which the reader zooms is updated first, the others after it.
  const [zoomed, setZoomed] = useState<string | null>(null);
  const later = useDeferredValue(view);
  const onChange = useCallback(
    (changes: Partial<CurvesView>) => {
      setZoomed(null);
      change(changes);
    },
    [change],
  );
  const onRange = useCallback(
    (range: ViewRange | null, metric: string) => {
      if (range !== null && !isViewRange(range)) return;
      setZoomed(metric);
      change({ range }, 'push');
    },
    [change],
  );
  const onLinear = useCallback(
    (metric: string, isLinear: boolean) =>
      change({ linear: isLinear ? [...linear, metric] : linear.filter((other) => other !== metric) }),
    [change, linear],
  );
  const onPin = useCallback(
    (metric: string, isPinned: boolean) => change({ pins: withPin(pins, metric, isPinned) }),
    [change, pins],
  );
  const onJoin = useCallback(
    (metric: string, other: string, isJoint: boolean) => change({ joint: withJoint(joint, metric, other, isJoint) }),
    [change, joint],
  );
  return { zoomed, later, onChange, onRange, onLinear, onPin, onJoin };
}

type CurvesState = ReturnType<typeof useView<typeof CURVES_VIEW>>;

/** The page is told of new points of as many metrics as were seen last. */
const MOST_FOLLOWED = 60;

/** The metrics of sections whose charts were seen, as far as these sections are still open. */
function useSeen(sections: ShownSections | null): { seen: readonly string[]; onSeen: (metric: string) => void } {
  const [all, setAll] = useState<readonly string[]>([]);
  const onSeen = useCallback((metric: string) => {
    setAll((before) => [...before.filter((other) => other !== metric), metric].slice(-MOST_FOLLOWED));
  }, []);
  const seen = useMemo(() => {
    const open = sections?.sections.flatMap(({ isOpen, keys }) => (isOpen ? keys : [])) ?? [];
    const shown = new Set([...(sections?.pinned ?? []), ...open]);
    return all.filter((metric) => shown.has(metric));
  }, [all, sections]);
  return { seen, onSeen };
}

/** Whether the target is only a part of an experiment, and which. */
function partOf(target: Target): 'ofQuery' | 'ofArchived' | false {
  if (!('experimentId' in target)) return false;
  return target.query ? 'ofQuery' : target.archived === true && 'ofArchived';
}

/** What the notes of the section say: of which runs the curves are, and how means are drawn. */
function notesOf(target: Target, lines: 'raw' | 'mean' | 'both', isSmooth: boolean) {
  return [
    partOf(target),
    lines !== 'raw' && (`note_${lines}` as const),
    lines !== 'raw' && isSmooth && ('note_smooth' as const),
  ].filter((key) => key !== false);
}

function linesOf(asked: CurvesView['lines'], runs: number, hasMeans: boolean): 'raw' | 'mean' | 'both' {
  if (!hasMeans) return 'raw';
  if (asked !== 'auto') return asked;
  return runs > MOST_RAW ? 'mean' : 'both';
}

/** The losses of the visible groups, where there are several. */
function lossesOf({ by, factors, groups }: Outline, hide: readonly string[]): readonly string[] {
  const path = factors.find(isLossPath);
  if (path === undefined) return NO_LOSSES;
  const at = by.indexOf(path);
  if (at < 0) return [path];
  const seen = groups.filter(({ levels }) => !hide.includes(hideName(levels)));
  const levels = new Set(seen.map(({ levels }) => String(levels[at] ?? '–')));
  return levels.size > 1 ? [...levels] : NO_LOSSES;
}

const NO_LOSSES: readonly string[] = [];

/** The name of a hidden group in the address. */
const hideName = (levels: Levels): string => levels.map((level) => (level === null ? '-' : String(level))).join(' ');

/**
 * What can be drawn. At first computed from the runs that the page has, then read from the server, and again when runs are
 * added.
 */
function useOutline(
  target: Target,
  runs: readonly Run[],
  first: Outline | undefined,
  ofStudy: readonly string[],
  by: readonly string[] | null,
  seeds: boolean,
): { outline: Outline; isKnown: boolean } {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.curves.outline.queryOptions(
      { target, by, seeds },
      { placeholderData: keepPreviousData, ...(first ? { initialData: first } : {}) },
    ),
  );
  const wanted = JSON.stringify(by);
  const here = useMemo(
    () => curvesOutline(runs, ofStudy, JSON.parse(wanted) as string[] | null, seeds),
    [runs, ofStudy, wanted, seeds],
  );
  return { outline: data ?? first ?? here, isKnown: data !== undefined || runs.length > 0 };
}

/** The groups with the names and looks that all charts of the page use. */
function useGroups(
  outline: Outline,
  runs: readonly Run[],
  levels: FactorLevels,
  order: GroupOrder | undefined,
  isOne: boolean,
  hide: readonly string[],
): LineGroup[] {
  const { namesOf } = useLevelName();
  const [first] = runs;
  return useMemo(() => {
    const { by, groups } = outline;
    const looks = groupLooks(outline, levels, isOne, (path) => own(first?.params ?? {}, path));
    const names = namesOf(
      by,
      groups.map(({ levels }) => levels),
    );
    const found = groups.map(({ levels, runs: count }, i) => {
      const id = groupKey(levels);
      const name = by.length === 0 && count === 1 && first ? first.name : (names[i] as string);
      return {
        id,
        name,
        look: looks(levels),
        runs: count,
        hidden: hide.includes(hideName(levels)),
        mean: null,
      };
    });
    const ranks = order ? ranksOf(order, outline) : null;
    return ranks ? ranks.map((place) => found[place] as LineGroup) : found;
  }, [outline, first, levels, order, isOne, hide, namesOf]);
}
