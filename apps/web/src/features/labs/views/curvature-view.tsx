'use client';

import { formatNumber } from '@whorl/core';
import { useTranslations } from 'use-intl/react';
import type { History } from '../model/history.ts';
import type { LabPlan } from '../model/plan.ts';
import { stableRates } from '../model/stable-rate.ts';
import { CurvePlot, type PlotLine } from './curve-plot.tsx';

/** Powers of ten. */
const [LOW, HIGH] = [-2, 4];
const BOUND = { colour: { light: '#5d6670', dark: '#a7b0ba' }, stroke: 'dashed' } as const;

interface Props {
  readonly plan: LabPlan;
  readonly histories: readonly History[];
  readonly steps: number;
  /** The step that the pictures show. */
  readonly at: number;
  readonly rate: number;
  /** Whether the bound is that of the optimizer: it is plain gradient descent's. */
  readonly bounds: boolean;
}

/** The largest curvature of each training beside 2 / learning rate, above which plain gradient descent is unstable. */
export function CurvatureView({ plan, histories, steps, at, rate, bounds }: Props) {
  const t = useTranslations('labs.curvature');
  const lines: PlotLine[] = plan.cells.map(({ name, look }, i) => {
    const read = histories[i]?.reader('curvature');
    return {
      name: name.en,
      look,
      count: histories[i]?.count ?? 0,
      valueAt: (step) => Math.log10(Math.max(0, read?.(step) ?? Number.NaN)),
    };
  });
  const bound: PlotLine = { name: 'bound', look: BOUND, count: steps + 1, valueAt: () => Math.log10(2 / rate) };
  const found = stableRates(
    histories.map((history) => history.at(at - 1, 'curvature')),
    rate,
  );
  return (
    <div className="mt-6">
      <CurvePlot
        title={bounds ? t('title') : t('titleAlone')}
        lines={bounds ? [...lines, bound] : lines}
        {...{ steps, low: LOW, high: HIGH, at }}
        powers
      />
      <p className="mt-2 text-small" data-testid="stable">
        {found.of === 0
          ? t('none')
          : t(bounds ? 'stable' : 'stableAlone', {
              least: formatNumber(found.least),
              most: formatNumber(found.most),
              rate: String(rate),
              beyond: found.beyond,
              of: found.of,
            })}
      </p>
    </div>
  );
}
