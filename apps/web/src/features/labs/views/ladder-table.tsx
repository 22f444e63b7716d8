'use client';

import { useEffect, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import type { Locale } from '#src/i18n/locales.ts';
import { Scroller } from '#src/ui/scroller.tsx';
import { noted, type Results, resultKey, trainedFrame } from '../model/ladder-results.ts';
import type { Ladder } from '../model/plan.ts';
import type { useLab } from './use-lab.ts';

interface Props {
  readonly ladder: Ladder;
  readonly lab: ReturnType<typeof useLab>;
  readonly chosen: string;
  readonly seed: number;
}

/** What each rung costs, and how it did here once it was trained. */
export function LadderTable({ ladder, lab, chosen, seed }: Props) {
  const t = useTranslations('labs.digits');
  const locale = useLocale() as Locale;
  const [results, setResults] = useState<Results>({});
  const end = trainedFrame(lab.shown, lab.asked);
  useEffect(() => {
    if (!end) return;
    const [first, second] = end.cells.map(({ test }) => test.accuracy);
    setResults((before) => noted(before, seed, { [ladder.first]: first, [chosen]: second }));
  }, [end, ladder, chosen, seed]);
  return (
    <Scroller label={t('ladder')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('rung')}</th>
            <th scope="col" className="number">
              {t('parameters')}
            </th>
            <th scope="col" className="number">
              {t('flops')}
            </th>
            <th scope="col" className="number">
              {t('testHere', { seed: String(seed) })}
            </th>
          </tr>
        </thead>
        <tbody>
          {ladder.rungs.map(({ id, name, cost }) => (
            <tr key={id} aria-current={id === chosen || undefined} className="aria-[current]:bg-sunk">
              <th scope="row" className="!text-ink font-normal">
                {name[locale]}
              </th>
              <td className="number">{cost.parameters.toLocaleString('en')}</td>
              <td className="number">{(cost.flops / 1e6).toFixed(2)}</td>
              <td className="number" data-rung={id}>
                {results[resultKey(seed, id)]?.toFixed(3) ?? '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}
