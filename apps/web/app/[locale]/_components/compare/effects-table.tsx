'use client';

import { useTranslations } from 'use-intl/react';
import { useStatisticsText } from '#src/comparison/use-statistics-text.ts';
import { TableFiles } from '#src/components/charts/table-files.tsx';
import { Scroller } from '#src/components/ui/scroller.tsx';
import { useFormat } from '#src/i18n/use-format.ts';
import type { EffectsAnswer } from '#src/server/comparison/schemas.ts';

/** How much of the variance each factor explains, both together beyond that, the seeds, and everything else. */
export function EffectsTable({ effects: { effects, residual } }: { readonly effects: EffectsAnswer }) {
  const t = useTranslations('comparison');
  const { column } = useFormat();
  const { p, percent } = useStatisticsText();
  const fFormat = column(effects.map(({ f }) => f));
  const rows = [
    ...effects.map(({ source, share, f, p }) => ({
      source: source === 'seed' ? t('seeds') : source.replace(' x ', ' × '),
      share,
      f,
      p,
    })),
    { source: t('everythingElse'), share: residual.share, f: null, p: null },
  ];
  return (
    <div className="mt-8 max-w-[48rem]">
      <div className="mb-1 flex items-center justify-between gap-4">
        <h3 className="font-medium">{t('effects')}</h3>
        <TableFiles
          title={t('effects')}
          numbers={() => ({
            columns: [t('source'), t('share'), 'F', 'p'],
            rows: rows.map(({ source, share, f, p }) => [source, share, f, p]),
          })}
        />
      </div>
      <p className="mb-2 max-w-[42rem] text-small text-muted">{t('effectsNote')}</p>
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
                p
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ source, share, f, p: value }) => (
              <tr key={source}>
                <th scope="row" className="!text-ink">
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
                <td className="number">{value === null ? '–' : p(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </div>
  );
}
