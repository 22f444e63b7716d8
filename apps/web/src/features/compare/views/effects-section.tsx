'use client';

import { EVERYTHING_ELSE, effectsNotes, effectText } from '@whorl/core';
import { useTranslations } from 'use-intl/react';
import { TableFiles } from '#src/charts/table-files.tsx';
import type { EffectsAnswer } from '#src/contract/comparison.ts';
import { useStatisticsText } from '#src/features/levels/use-statistics-text.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { Scroller } from '#src/ui/scroller.tsx';
import { Section } from '#src/ui/section.tsx';

/** The share of the variance that is explained by each factor, by interactions, by seeds, and by everything else. */
export function EffectsSection({ effects }: { readonly effects: EffectsAnswer | null }) {
  const t = useTranslations('comparison');
  return (
    <Section title={t('effects')} note={effects ? t('effectsNote') : t('noEffects')}>
      {effects && <EffectsTable effects={effects} />}
    </Section>
  );
}

function EffectsTable({ effects: answer }: { readonly effects: EffectsAnswer }) {
  const t = useTranslations('comparison');
  const { column, locale } = useFormat();
  const { p, percent } = useStatisticsText();
  const { effects, residual } = answer;
  const fFormat = column(effects.map(({ f }) => f));
  const rows = [
    ...effects.map(({ of, ...line }) => ({ ...line, source: effectText(of)[locale] })),
    { ...residual, source: EVERYTHING_ELSE[locale], f: null, dfError: 0, p: null, pAdjusted: null },
  ];
  return (
    <div className="max-w-[48rem]">
      <Scroller label={t('effects')}>
        <table className="table" data-testid="effects">
          <thead>
            <tr>
              <th scope="col">{t('source')}</th>
              <th scope="col" className="number">
                {t('share')}
              </th>
              <th scope="col" className="w-[30%]">
                <span className="sr-only">{t('share')}</span>
              </th>
              <th scope="col" className="number">
                F
              </th>
              <th scope="col" className="number">
                {t('pAdjusted')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ source, share, f, pAdjusted }) => (
              <tr key={source}>
                <th scope="row" className="min-w-[18ch] whitespace-normal !text-ink [overflow-wrap:anywhere]">
                  {source}
                </th>
                <td className="number">{percent(share)}</td>
                <td>
                  <span className="block h-2 min-w-16 rounded-[2px] bg-sunk" aria-hidden="true">
                    <span
                      className="block h-2 rounded-[2px] bg-accent"
                      style={{ width: `${Math.min(100, 100 * share)}%` }}
                    />
                  </span>
                </td>
                <td className="number">{f === null ? '–' : fFormat(f)}</td>
                <td className="number">{pAdjusted === null ? '–' : p(pAdjusted)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
      <div className="mt-2 flex items-start justify-between gap-4">
        <div className="max-w-[42rem] space-y-1 text-small text-muted">
          {effectsNotes(answer).map((text) => (
            <p key={text.en}>{text[locale]}</p>
          ))}
        </div>
        <TableFiles
          title={t('effects')}
          numbers={() => ({
            columns: [t('source'), 'df', t('share'), 'F', t('dfError'), 'p', t('pAdjusted')],
            rows: rows.map(({ source, df, share, f, dfError, p, pAdjusted }) => [
              source,
              df,
              share,
              f,
              dfError,
              p,
              pAdjusted,
            ]),
          })}
        />
      </div>
    </div>
  );
}
