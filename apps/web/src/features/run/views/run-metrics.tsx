'use client';

import { type ReactNode, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Run } from '#src/contract/schemas.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { Scroller } from '#src/ui/scroller.tsx';
import { Section } from '#src/ui/section.tsx';
import { type Formatted, formatMetrics, groupMetrics, matchesMetric } from '../model/metric-groups.ts';

type Metric = Run['metrics'][number];

/** Shorter lists need no search field. */
const LEAST_FILTERED = 12;
const COLUMNS = ['last', 'min', 'max', 'points'] as const;

/** All metrics of a run: last, lowest and highest value, with their steps. Those of layers are folded. */
export function RunMetrics({ metrics }: { readonly metrics: Run['metrics'] }) {
  const t = useTranslations('runMetrics');
  const run = useTranslations('run');
  const { metricName } = useFormat();
  const [text, setText] = useState('');
  const groups = useMemo(() => groupMetrics(metrics), [metrics]);
  const wanted = text.trim();
  const formatted = useMemo(() => new Map(formatMetrics(groups).map((one) => [one.metric.key, one])), [groups]);
  const row = (metric: Metric, inside = false) => {
    const written = formatted.get(metric.key);
    return written && <Row key={metric.key} written={written} inside={inside} />;
  };
  const found = wanted === '' ? [] : metrics.filter(({ key }) => matchesMetric(wanted, key, metricName(key)));
  const filter = metrics.length >= LEAST_FILTERED && (
    <input
      type="search"
      className="field w-64"
      placeholder={t('filter')}
      aria-label={t('filter')}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
  return (
    <Section title={run('metrics')} aside={filter}>
      {metrics.length === 0 || (wanted !== '' && found.length === 0) ? (
        <p className="text-small text-muted">{t(metrics.length === 0 ? 'none' : 'noneFound')}</p>
      ) : (
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
            {wanted === '' ? (
              groups.map((group) =>
                group.kind === 'metric' ? (
                  <tbody key={group.metric.key}>{row(group.metric)}</tbody>
                ) : (
                  <Folded key={`${group.measure}.`} measure={group.measure} metrics={group.metrics} row={row} />
                ),
              )
            ) : (
              <tbody>
                {groupMetrics(found)
                  .flatMap((group) => (group.kind === 'metric' ? group.metric : group.metrics))
                  .map((metric) => row(metric))}
              </tbody>
            )}
          </table>
        </Scroller>
      )}
    </Section>
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
