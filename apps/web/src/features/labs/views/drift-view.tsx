'use client';

import { useLocale, useTranslations } from 'use-intl/react';
import { Swatch } from '#src/charts/swatch.tsx';
import type { Locale } from '#src/i18n/locales.ts';
import { Scroller } from '#src/ui/scroller.tsx';
import { driftOf } from '../model/drift.ts';
import type { History } from '../model/history.ts';
import type { LabPlan } from '../model/plan.ts';
import { CurvePlot } from './curve-plot.tsx';

/** Powers of ten: the last bit of a float32 near 1 is 10 to the -7. */
const [LOW, HIGH] = [-10, 2];

interface Props {
  readonly plan: LabPlan;
  readonly histories: readonly History[];
  readonly steps: number;
  /** The step that the pictures show. */
  readonly at: number;
}

/** How far each training's losses are from the first one's, and whether all of their bits are the same. */
export function DriftView({ plan, histories, steps, at }: Props) {
  const t = useTranslations('labs.drift');
  const locale = useLocale() as Locale;
  const [first] = histories;
  const drifts = histories.map((history) => (first ? driftOf(history, first, at) : null));
  const lines = plan.cells.flatMap(({ name, look }, i) => {
    const drift = drifts[i];
    return i === 0 || !drift ? [] : [{ name: name.en, look, count: histories[i]?.count ?? 0, valueAt: drift.at }];
  });
  return (
    <div className="mt-6 grid gap-4">
      <CurvePlot title={t('title')} lines={lines} {...{ steps, low: LOW, high: HIGH, at }} powers />
      <Scroller label={t('bits')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('training')}</th>
              <th scope="col">{t('fingerprint', { step: String(at) })}</th>
              <th scope="col" className="number">
                {t('first')}
              </th>
            </tr>
          </thead>
          <tbody>
            {plan.cells.map(({ name, look }, i) => (
              <tr key={name.en}>
                <th scope="row" className="!text-ink font-normal">
                  <span className="flex items-baseline gap-2">
                    <Swatch look={look} />
                    {name[locale]}
                  </span>
                </th>
                <td className="font-mono" data-fingerprint={drifts[i]?.fingerprint}>
                  {at === 0 ? '–' : (drifts[i]?.fingerprint ?? '–')}
                </td>
                <td className="number">{i === 0 ? '' : at === 0 ? '–' : (drifts[i]?.first ?? t('none'))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </div>
  );
}
