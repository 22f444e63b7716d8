'use client';

import { useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Extra, LabPlan } from '../model/plan.ts';
import { layerNorms, tallyOf } from '../model/tallies.ts';
import { CurvatureView } from './curvature-view.tsx';
import { DriftView } from './drift-view.tsx';
import { LabCellView } from './lab-cell.tsx';
import { LabCurves } from './lab-curves.tsx';
import { LabSection } from './lab-section.tsx';
import { LayerPlot } from './layer-plot.tsx';
import { PathsView } from './paths-view.tsx';
import { SaveLosses } from './save-losses.tsx';
import { useLab } from './use-lab.ts';
import { WalkTable } from './walk-table.tsx';

/** Trainings side by side, in the page. */
export function LabView({ plan }: { readonly plan: LabPlan }) {
  const t = useTranslations('labs');
  const element = useRef<HTMLElement>(null);
  const lab = useLab(plan, element);
  const { view, change, shown } = lab;
  const { frame, histories, points } = shown;
  const step = frame?.step ?? 0;
  const steps = shown.steps || plan.steps;
  const extra = (what: Extra) => plan.extras.includes(what);
  const units = extra('units') && (
    <label className="flex min-h-8 items-center gap-2 text-small">
      <input
        type="checkbox"
        className="accent-accent"
        checked={Boolean(view.units)}
        onChange={({ target }) => change({ units: target.checked })}
      />
      {t('units')}
    </label>
  );
  return (
    <LabSection plan={plan} lab={lab} element={element} beside={units}>
      {extra('diverged') && (
        <p className="mt-4 text-small" data-testid="tally">
          {t(
            'diverged',
            frame ? { ...tallyOf(frame.cells, points) } : { diverged: 0, worse: 0, of: plan.cells.length },
          )}
        </p>
      )}
      {extra('layers') && (
        <LayerPlot
          title={t('normsTitle')}
          axis={t('layer')}
          lines={plan.cells.map(({ name, look }, i) => ({
            name: name.en,
            look,
            norms: layerNorms((measure) => histories[i]?.at(step - 1, measure) ?? Number.NaN),
          }))}
        />
      )}
      <div className={`mt-4 grid grid-cols-2 gap-4 ${plan.columns === 3 ? 'sm:grid-cols-3' : ''}`}>
        {plan.cells.map((cell, i) => (
          <LabCellView
            key={cell.name.en}
            cell={cell}
            step={step}
            frame={frame?.cells[i] ?? null}
            points={points[i] ?? null}
            showsUnits={Boolean(view.units)}
            dead={extra('dead') ? (histories[i]?.at(step - 1, 'deadUnits.1') ?? Number.NaN) : null}
          />
        ))}
      </div>
      <div className="mt-6 grid gap-6 sm:grid-cols-2">
        <LabCurves plan={plan} histories={histories} steps={steps} at={step} />
      </div>
      {extra('curvature') && (
        <CurvatureView
          {...{ plan, histories, steps, at: step }}
          rate={Number(view.lr)}
          bounds={view.optimizer === 'sgd'}
        />
      )}
      {plan.walk && <WalkTable plan={plan} walk={plan.walk} lab={lab} />}
      {plan.planes && <PathsView plan={plan} planes={plan.planes} lab={lab} />}
      {extra('drift') && <DriftView plan={plan} histories={histories} steps={steps} at={step} />}
      <SaveLosses plan={plan} histories={histories} />
    </LabSection>
  );
}
