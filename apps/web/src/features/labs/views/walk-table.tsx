'use client';

import { useEffect, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import type { Locale } from '#src/i18n/locales.ts';
import { Scroller } from '#src/ui/scroller.tsx';
import { noted, type Results, resultKey, trainedFrame } from '../model/ladder-results.ts';
import type { LabPlan, Walk } from '../model/plan.ts';
import { cellAccuracies, settingKey } from '../model/walk-accuracies.ts';
import type { useLab } from './use-lab.ts';

interface Props {
  readonly plan: LabPlan;
  readonly walk: Walk;
  readonly lab: ReturnType<typeof useLab>;
}

/** What each position of the slider costs, and how its trainings did here once they ended. */
export function WalkTable({ plan, walk, lab }: Props) {
  const t = useTranslations('labs.walk');
  const locale = useLocale() as Locale;
  const [results, setResults] = useState<Results>({});
  const end = trainedFrame(lab.shown, lab.asked);
  const chosen = String(lab.view[walk.by]);
  const seed = Number(lab.view.seed);
  const setting = (position: string) => settingKey(plan, { ...lab.view, [walk.by]: position });
  const now = setting(chosen);
  useEffect(() => {
    if (end) setResults((before) => noted(before, seed, cellAccuracies(now, end.cells)));
  }, [end, now, seed]);
  return (
    <div className="mt-6">
      <Scroller label={t('title')}>
        <table className="table" data-testid="walk">
          <thead>
            <tr>
              <th scope="col">{t('shape')}</th>
              <th scope="col" className="number">
                {t('parameters')}
              </th>
              <th scope="col" className="number">
                {t('multiplications')}
              </th>
              {plan.cells.map(({ name }) => (
                <th key={name.en} scope="col" className="number">
                  {t('accuracies', { name: name[locale] })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {walk.positions.map(({ id, cost }) => (
              <tr key={id} aria-current={id === chosen || undefined} className="aria-[current]:bg-sunk">
                <th scope="row" className="!text-ink font-normal">
                  {id}
                </th>
                <td className="number">{cost.parameters.toLocaleString('en')}</td>
                <td className="number">{(cost.flops / 2).toLocaleString('en')}</td>
                {plan.cells.map(({ name }, i) => {
                  const [train, test] = (['train', 'test'] as const).map((set) =>
                    results[resultKey(seed, `${setting(id)}/${i}/${set}`)]?.toFixed(3),
                  );
                  return (
                    <td key={name.en} className="number">
                      {train && test ? `${train} / ${test}` : '–'}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
      <p className="mt-2 text-small text-muted">{t('note', { steps: String(lab.shown.steps || plan.steps) })}</p>
    </div>
  );
}
