'use client';

import { useLocale } from 'use-intl/react';
import type { Locale } from '#src/i18n/locales.ts';
import type { Shown } from '../model/driver.ts';
import type { LabPlan } from '../model/plan.ts';
import { LabCellView } from './lab-cell.tsx';
import { LabCurves } from './lab-curves.tsx';
import { SaveLosses } from './save-losses.tsx';
import { SetTable } from './set-table.tsx';

interface Props {
  /** With the trainings that there are. */
  readonly plan: LabPlan;
  readonly shown: Shown;
  readonly steps: number;
  readonly showsUnits: boolean;
}

/** The boundary of each network, how it does, and its curves: beside each other where it is one. */
export function PlaygroundStage({ plan, shown, steps, showsUnits }: Props) {
  const locale = useLocale() as Locale;
  const { frame, points, histories } = shown;
  const { cells } = plan;
  const step = frame?.step ?? 0;
  const isOne = cells.length === 1;
  const framed = cells.map((cell, i) => ({ cell, frame: frame?.cells[i] ?? null, points: points[i] ?? null }));
  return (
    <div className={`mt-4 grid gap-8 ${isOne ? 'md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]' : ''}`}>
      <div className={isOne ? '' : 'grid grid-cols-2 gap-4 sm:grid-cols-3'}>
        {framed.map(({ cell, frame, points }) => (
          <LabCellView key={cell.name.en} {...{ cell, step, frame, points, showsUnits }} dead={null} />
        ))}
      </div>
      <div className={`grid content-start gap-6 ${isOne ? '' : 'sm:grid-cols-2'}`}>
        <SetTable rows={framed.map(({ cell, frame }) => ({ name: isOne ? null : cell.name[locale], frame }))} />
        <LabCurves plan={plan} histories={histories} steps={steps} at={step} />
        <div>
          <SaveLosses plan={plan} histories={histories} />
        </div>
      </div>
    </div>
  );
}
