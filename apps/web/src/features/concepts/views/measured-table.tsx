'use client';

import { formatInterval, summaryFormat } from '@whorl/core';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { EvidenceRow, MeasuredEvidence } from '#src/contract/evidence.ts';
import { localePath } from '#src/i18n/locales.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { PageLink } from '#src/ui/page-link.tsx';
import { Scroller } from '#src/ui/scroller.tsx';
import { runsAddress } from '../model/evidence-links.ts';
import { type IntervalPlace, intervalPlaces } from '../model/interval-scale.ts';

interface Props {
  readonly experimentId: string;
  readonly measured: MeasuredEvidence;
}

/** Longer tables are cut until the reader asks for all of it. */
const MOST_ROWS = 14;

/** The configurations of a study with the mean of each, its interval over seeds, and the course's figure. */
export function MeasuredTable({ experimentId, measured }: Props) {
  const t = useTranslations('evidence');
  const { locale, metricName, metricWord } = useFormat();
  const [isWhole, setWhole] = useState(false);
  const { metric, rows, searched, among } = measured;
  const number = summaryFormat(rows.map(({ summary }) => summary));
  const places = intervalPlaces(rows);
  const shown = isWhole ? rows : rows.slice(0, MOST_ROWS);
  const hasReports = rows.some(({ reported }) => reported !== null);
  return (
    <>
      <p className="mb-2 text-small text-muted">
        {t('of', { metric: metricWord(metric) })}
        {among && ` ${t('among', { what: among[locale] })}`}
        {searched && ` ${t('searched', { path: searched })}`}
      </p>
      <Scroller label={t('title')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('configuration')}</th>
              <th scope="col" className="number">
                {t('seeds')}
              </th>
              <th scope="col" className="number">
                {metricName(metric)}
              </th>
              <td className="hidden w-32 sm:table-cell" />
              {hasReports && (
                <th scope="col" className="number">
                  {t('reported')}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, i) => (
              <tr key={row.label}>
                <th scope="row" className="!text-ink font-normal">
                  {row.label}
                </th>
                <td className="number">
                  {row.runs + row.diverged + row.never > 0 ? (
                    <PageLink className="link" href={localePath(locale, runsAddress(experimentId, measured, row))}>
                      {row.summary?.n ?? 0}
                    </PageLink>
                  ) : (
                    0
                  )}
                </td>
                <td className="number">
                  <Reached row={row} number={number} />
                </td>
                <td className="hidden sm:table-cell">{places[i] && <IntervalBar place={places[i]} />}</td>
                {hasReports && <td className="number">{row.reported === null ? '–' : String(row.reported)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
      {rows.length > MOST_ROWS && (
        <button type="button" className="button mt-3" onClick={() => setWhole(!isWhole)} aria-expanded={isWhole}>
          {isWhole ? t('fewer', { count: MOST_ROWS }) : t('all', { count: rows.length })}
        </button>
      )}
    </>
  );
}

/** `0.9419 [0.9310, 0.9520]`, and what is in no mean. */
function Reached({ row, number }: { readonly row: EvidenceRow; readonly number: ReturnType<typeof summaryFormat> }) {
  const t = useTranslations('evidence');
  const { summary, diverged, never } = row;
  const left = [diverged > 0 && t('diverged', { count: diverged }), never > 0 && t('never', { count: never })].filter(
    (text) => text !== false,
  );
  return (
    <>
      {summary && number(summary.mean)}
      {summary?.ci95 && <span className="text-muted"> {formatInterval(summary.ci95, number)}</span>}
      {!summary && left.length === 0 && <span className="text-muted">{t('notRun')}</span>}
      {left.length > 0 && (
        <span className="text-caution">
          {summary && ' '}
          {left.join(' ')}
        </span>
      )}
    </>
  );
}

/** The mean as a dot on its interval, on one scale for all rows. */
function IntervalBar({ place: { mean, low, high } }: { readonly place: IntervalPlace }) {
  return (
    <span aria-hidden className="relative mx-1 block h-2 w-28">
      <span className="absolute inset-x-0 top-1/2 h-px bg-line" />
      <span
        className="absolute top-1/2 h-[3px] -translate-y-1/2 rounded-full bg-accent/40"
        style={{ left: `${low}%`, width: `${Math.max(high - low, 0)}%` }}
      />
      <span className="absolute size-2 -translate-x-1/2 rounded-full bg-accent" style={{ left: `${mean}%` }} />
    </span>
  );
}
