'use client';

import { Menu } from '@base-ui/react/menu';
import { useCallback, useEffect, useId, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { AXES, type Axis, axisOfMetric, metricOfAxis } from '#src/contract/axes.ts';
import type { Outline } from '#src/contract/curves.ts';
import { LONGEST_SEARCH } from '#src/contract/metric-search.ts';
import { MOST_GROUPED } from '#src/contract/outline.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import type { ViewOf } from '#src/view/view-state.ts';
import { type CURVES_VIEW, LINES, NO_GROUPS } from '../model/curves-view.ts';
import { areSectioned } from '../model/metric-sections.ts';
import { CheckItem, ChoiceMenu, GroupName, RadioItems } from './choice-menu.tsx';
import { MetricPicker } from './metric-picker.tsx';
import { MetricSearch } from './metric-sections.tsx';

export type CurvesView = ViewOf<typeof CURVES_VIEW>;

interface Props {
  readonly view: CurvesView;
  readonly onChange: (changes: Partial<CurvesView>) => void;
  readonly outline: Outline;
  /** The metrics that have a chart, to choose others; null where metrics are in sections. */
  readonly shown: readonly string[] | null;
  /** Whether the groups are chosen here, and not elsewhere on the page. */
  readonly groupable: boolean;
  /** Whether some group has several runs, and so a mean. */
  readonly hasMeans: boolean;
}

/** The common settings of all charts of curves: what is drawn, over which axis, and how smooth. */
export function CurvesToolbar({ view, onChange, outline, shown, groupable, hasMeans }: Props) {
  const t = useTranslations('curves');
  const find = useCallback((find: string) => onChange({ find }), [onChange]);
  const toggleGroup = (path: string, on: boolean) => {
    const by = on
      ? outline.factors.filter((item) => item === path || outline.by.includes(item))
      : outline.by.filter((item) => item !== path);
    const all = outline.factors.every((item) => by.includes(item)) && by.length === outline.factors.length;
    onChange({ groups: all ? [] : by.length > 0 ? by : [NO_GROUPS], hide: [] });
  };
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
      <div className="flex flex-wrap gap-2">
        {shown === null ? (
          <MetricSearch value={view.find} count={outline.metrics.length} longest={LONGEST_SEARCH} onChange={find} />
        ) : (
          <MetricMenu all={outline.metrics} shown={shown} onChange={onChange} />
        )}
        {shown !== null && areSectioned(outline) && (
          <button type="button" className="button" onClick={() => onChange({ metrics: [] })}>
            {t('allMetrics')}
          </button>
        )}
        {groupable && outline.factors.length > 0 && (
          <ChoiceMenu label={t('groupBy')}>
            {outline.factors.map((path) => (
              <CheckItem
                key={path}
                checked={outline.by.includes(path)}
                disabled={!outline.by.includes(path) && outline.by.length >= MOST_GROUPED}
                onChange={(on) => toggleGroup(path, on)}
              >
                {path}
              </CheckItem>
            ))}
          </ChoiceMenu>
        )}
        <ChoiceMenu label={t('display')}>
          {hasMeans && (
            <>
              <RadioItems
                label={t('lines')}
                value={view.lines}
                choices={LINES.map((value) => ({ value, name: t(`linesOf.${value}`) }))}
                onChange={(lines) => onChange({ lines })}
              />
              <Menu.Separator className="my-1 h-px bg-line" />
            </>
          )}
          <GroupName>{t('axes')}</GroupName>
          <CheckItem checked={view.logy} onChange={(logy) => onChange({ logy })}>
            {t('logY')}
          </CheckItem>
          <CheckItem checked={view.logx} onChange={(logx) => onChange({ logx })}>
            {t('logX')}
          </CheckItem>
          <CheckItem checked={view.clip} onChange={(clip) => onChange({ clip })}>
            {t('clip')}
          </CheckItem>
        </ChoiceMenu>
      </div>
      <AxisChoice x={view.x} metrics={outline.metrics} onChange={onChange} />
      <Smoothing value={view.smooth} onChange={(smooth) => onChange({ smooth })} />
      <button
        type="button"
        className={`button ${view.range ? '' : 'invisible'}`}
        disabled={!view.range}
        onClick={() => onChange({ range: null })}
      >
        {t('resetZoom')}
      </button>
    </div>
  );
}

interface AxisProps {
  readonly x: Axis;
  readonly metrics: readonly string[];
  readonly onChange: (changes: Partial<CurvesView>) => void;
}

/** What the charts are drawn over: steps, epochs, times, or the values of another metric. */
function AxisChoice({ x, metrics, onChange }: AxisProps) {
  const t = useTranslations('curves');
  const { metricName } = useFormat();
  const metric = metricOfAxis(x);
  const look = (isOn: boolean) =>
    `min-h-6 rounded-[4px] px-3 text-small ${isOn ? 'bg-line font-medium' : 'text-muted hover:text-ink'}`;
  return (
    <fieldset className="flex max-w-full flex-wrap rounded-[6px] border border-line bg-raised p-[3px]">
      <legend className="sr-only">{t('over')}</legend>
      {AXES.map((axis) => (
        <button
          key={axis}
          type="button"
          aria-pressed={x === axis}
          title={t(`overHint_${axis}`)}
          className={look(x === axis)}
          onClick={() => onChange({ x: axis, range: null })}
        >
          {t(`over_${axis}`)}
        </button>
      ))}
      <MetricPicker
        label={t('overMetric')}
        className={`${look(metric !== null)} max-w-48 truncate`}
        isPressed={metric !== null}
        metrics={metrics}
        chosen={metric === null ? [] : [metric]}
        isSingle
        onChoose={(key, isChosen) => onChange({ x: isChosen ? axisOfMetric(key) : 'step', range: null })}
      >
        {metric === null ? t('over_metric') : metricName(metric)}
      </MetricPicker>
    </fieldset>
  );
}

interface MenuProps {
  readonly all: readonly string[];
  readonly shown: readonly string[];
  readonly onChange: (changes: Partial<CurvesView>) => void;
}

function MetricMenu({ all, shown, onChange }: MenuProps) {
  const t = useTranslations('curves');
  const { metricName } = useFormat();
  const toggle = (key: string, on: boolean) =>
    onChange({ metrics: on ? [...shown, key] : shown.filter((other) => other !== key) });
  return (
    <ChoiceMenu label={t('metrics', { count: shown.length })}>
      {all.map((key) => (
        <CheckItem
          key={key}
          checked={shown.includes(key)}
          disabled={shown.length === 1 && shown[0] === key}
          onChange={(on) => toggle(key, on)}
        >
          {metricName(key)}
        </CheckItem>
      ))}
    </ChoiceMenu>
  );
}

const SETTLE_MS = 120;

/** The slider moves at once, the curves follow when it rests, because each position is a request to the server. */
function Smoothing({ value, onChange }: { readonly value: number; readonly onChange: (value: number) => void }) {
  const t = useTranslations('curves');
  const id = useId();
  const [moved, setMoved] = useState<number | null>(null);
  const shown = moved ?? value;
  useEffect(() => {
    if (moved === null) return;
    const timer = setTimeout(() => {
      onChange(moved);
      setMoved(null);
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [moved, onChange]);
  return (
    <div className="flex min-h-8 items-center gap-2 text-small">
      <label htmlFor={id} className="text-muted">
        {t('smoothing')}
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={0.99}
        step={0.01}
        value={shown}
        className="w-28 accent-accent"
        onChange={(event) => setMoved(event.target.valueAsNumber)}
      />
      <output htmlFor={id} className="w-8 text-end">
        {shown.toFixed(2)}
      </output>
    </div>
  );
}
