'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useDeferredValue, useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import { LONGEST_SEARCH, matchesMetric } from '#src/contract/metric-search.ts';
import type { Run } from '#src/contract/schemas.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { Scroller } from '#src/ui/scroller.tsx';
import { Section } from '#src/ui/section.tsx';
import { useNearView } from '#src/ui/use-near-view.ts';
import { type Formatted, formatMetrics, groupMetrics } from '../model/metric-groups.ts';

type Metric = Run['metrics'][number];

/** Shorter lists need no search field. */
const LEAST_FILTERED = 12;
const COLUMNS = ['last', 'min', 'max', 'points'] as const;

/** All metrics of a run: last, lowest and highest value, with their steps. Those of layers are folded. */
export function RunMetrics({ run }: { readonly run: Pick<Run, 'id' | 'metrics' | 'metricCount'> }) {
  return run.metricCount > run.metrics.length ? <SearchedMetrics run={run} /> : <WholeMetrics metrics={run.metrics} />;
}

function WholeMetrics({ metrics }: { readonly metrics: Run['metrics'] }) {
  const run = useTranslations('run');
  const { metricName } = useFormat();
  const [text, setText] = useState('');
  const wanted = text.trim();
  const found = wanted === '' ? metrics : metrics.filter(({ key }) => matchesMetric(wanted, key, metricName(key)));
  return (
    <Section
      title={run('metrics')}
      aside={metrics.length >= LEAST_FILTERED && <Search text={text} onChange={setText} />}
    >
      <MetricTable metrics={found} all={metrics} isSearched={wanted !== ''} />
    </Section>
  );
}

/** Rows of the table at first, and more at each request. */
const FIRST_ROWS = 25;
const MORE_ROWS = 200;

/** The metrics of a run that has very many: they are read when they come into view, and searched by the server. */
function SearchedMetrics({ run: { id, metricCount } }: { readonly run: Pick<Run, 'id' | 'metricCount'> }) {
  const t = useTranslations('runMetrics');
  const run = useTranslations('run');
  const { whole } = useFormat();
  const trpc = useTRPC();
  const place = useRef<HTMLDivElement>(null);
  const isNear = useNearView(place, '200px', false);
  const [text, setText] = useState('');
  const [limit, setLimit] = useState(FIRST_ROWS);
  const search = useDeferredValue(text.trim());
  const { data, isError } = useQuery(
    trpc.runs.metrics.queryOptions(
      { runIds: [id], search, limit },
      { enabled: isNear, placeholderData: keepPreviousData },
    ),
  );
  const left = data ? data.total - data.items.length : 0;
  return (
    <Section
      title={run('metrics')}
      note={t('counted', { count: whole(metricCount) })}
      aside={
        <Search
          text={text}
          onChange={(text) => {
            setText(text);
            setLimit(FIRST_ROWS);
          }}
        />
      }
    >
      <div ref={place} className={data ? undefined : 'min-h-[640px]'}>
        {isError && <p className="text-small text-caution">{t('failed')}</p>}
        {data && <MetricTable metrics={data.items} all={data.items} isSearched={search !== ''} />}
        {left > 0 && (
          <p className="mt-4 print:hidden">
            <button type="button" className="button" onClick={() => setLimit(limit + MORE_ROWS)}>
              {t('more', { count: Math.min(left, MORE_ROWS), left: whole(left) })}
            </button>
          </p>
        )}
      </div>
    </Section>
  );
}

function Search({ text, onChange }: { readonly text: string; readonly onChange: (text: string) => void }) {
  const t = useTranslations('runMetrics');
  return (
    <input
      type="search"
      className="field w-64"
      placeholder={t('filter')}
      aria-label={t('filter')}
      maxLength={LONGEST_SEARCH}
      value={text}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

interface TableProps {
  readonly metrics: Run['metrics'];
  /** Those whose numbers share their decimals, found or not. */
  readonly all: Run['metrics'];
  readonly isSearched: boolean;
}

function MetricTable({ metrics, all, isSearched }: TableProps) {
  const t = useTranslations('runMetrics');
  const groups = useMemo(() => groupMetrics(metrics), [metrics]);
  const formatted = useMemo(() => new Map(formatMetrics(groupMetrics(all)).map((one) => [one.metric.key, one])), [all]);
  const row = (metric: Metric, inside = false) => {
    const written = formatted.get(metric.key);
    return written && <Row key={metric.key} written={written} inside={inside} />;
  };
  if (metrics.length === 0) return <p className="text-small text-muted">{t(isSearched ? 'noneFound' : 'none')}</p>;
  return (
    <Scroller label={t('table')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('metric')}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className="number">
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        {isSearched ? (
          <tbody>
            {groups
              .flatMap((group) => (group.kind === 'metric' ? group.metric : group.metrics))
              .map((metric) => row(metric))}
          </tbody>
        ) : (
          groups.map((group) =>
            group.kind === 'metric' ? (
              <tbody key={group.metric.key}>{row(group.metric)}</tbody>
            ) : (
              <Folded key={`${group.measure}.`} measure={group.measure} metrics={group.metrics} row={row} />
            ),
          )
        )}
      </table>
    </Scroller>
  );
}

const MEASURES = ['gradientNorm', 'activationMean', 'activationStd', 'deadUnits'] as const;
type Measure = (typeof MEASURES)[number];
const isMeasure = (measure: string): measure is Measure => (MEASURES as readonly string[]).includes(measure);

interface FoldedProps {
  readonly measure: string;
  readonly metrics: readonly Metric[];
  readonly row: (metric: Metric, inside: boolean) => ReactNode;
}

function Folded({ measure, metrics, row }: FoldedProps) {
  const t = useTranslations('runMetrics');
  const { column } = useFormat();
  const [open, setOpen] = useState(false);
  const lasts = metrics.map(({ last }) => last).filter(Number.isFinite);
  const [low, high] = [Math.min(...lasts), Math.max(...lasts)];
  const number = column([low, high]);
  const counts = [...new Set(metrics.map(({ count }) => count))];
  return (
    <tbody>
      <tr data-folded={measure}>
        <th scope="row" className="max-w-[32ch] !whitespace-normal">
          <button
            type="button"
            className="inline-flex min-h-6 items-center gap-2 text-start"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden="true" className="shrink-0">
              <path d={open ? 'M0 2h8L4 7z' : 'M2 0v8l5-4z'} fill="currentColor" />
            </svg>
            <span className="text-ink [overflow-wrap:anywhere]">
              {isMeasure(measure) ? t(`measure.${measure}`) : <code className="font-mono">{`${measure}.*`}</code>}
            </span>
            <span className="whitespace-nowrap text-muted">{t('layers', { count: metrics.length })}</span>
          </button>
        </th>
        <td className="number">
          {lasts.length > 0 && (low === high ? number(low) : t('range', { low: number(low), high: number(high) }))}
        </td>
        <td />
        <td />
        <td className="number">{counts.length === 1 ? counts[0] : ''}</td>
      </tr>
      {open && metrics.map((metric) => row(metric, true))}
    </tbody>
  );
}

interface RowProps {
  readonly written: Formatted;
  readonly inside: boolean;
}

function Row({ written: { metric, texts }, inside }: RowProps) {
  const { metricName } = useFormat();
  const { key, lastStep, minStep, maxStep, count } = metric;
  return (
    <tr data-metric={key}>
      <th scope="row" className={`max-w-[32ch] !whitespace-normal ${inside ? '!pl-4' : ''}`}>
        <span className="block text-ink [overflow-wrap:anywhere]">{metricName(key)}</span>
        {metricName(key) !== key && <code className="font-mono text-muted [overflow-wrap:anywhere]">{key}</code>}
      </th>
      <At text={texts.last} step={lastStep} />
      <At text={texts.min} step={minStep} />
      <At text={texts.max} step={maxStep} />
      <td className="number">{count}</td>
    </tr>
  );
}

function At({ text, step }: { readonly text: string; readonly step: number | null }) {
  const t = useTranslations('runMetrics');
  return (
    <td className="number">
      <span className="block">{text}</span>
      <span className="block text-muted">{step === null ? '–' : t('step', { step: String(step) })}</span>
    </td>
  );
}
