'use client';

import { useId, useRef } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import type { Locale } from '#src/i18n/locales.ts';
import { BadView } from '#src/view/bad-view.tsx';
import type { Extra, LabPlan } from '../model/plan.ts';
import { layerNorms, tallyOf } from '../model/tallies.ts';
import { LabCellView } from './lab-cell.tsx';
import { LabControls } from './lab-controls.tsx';
import { LabCurves } from './lab-curves.tsx';
import { LabPlayer } from './lab-player.tsx';
import { LayerPlot } from './layer-plot.tsx';
import { SaveLosses } from './save-losses.tsx';
import { useLab } from './use-lab.ts';

/** Trainings side by side, in the page. */
export function LabView({ plan }: { readonly plan: LabPlan }) {
  const t = useTranslations('labs');
  const locale = useLocale() as Locale;
  const element = useRef<HTMLElement>(null);
  const titleId = useId();
  const { view, bad, change, shown, driver, wake, set, play } = useLab(plan, element);
  const { frame, histories, points, fault } = shown;
  const step = frame?.step ?? 0;
  const steps = shown.steps || plan.steps;
  const extra = (what: Extra) => plan.extras.includes(what);
  return (
    <section
      ref={element}
      aria-labelledby={titleId}
      className="my-8 border-y border-line py-6 leading-6"
      data-lab={plan.id}
      data-phase={shown.phase}
      data-done={shown.done}
      onPointerDown={wake}
      onFocus={wake}
    >
      <h3 id={titleId} className="!mt-0 font-medium">
        {t('title')}
      </h3>
      <p className="mt-1 mb-4 text-small text-muted">{t('note')}</p>
      <noscript>
        <p className="mb-4 text-small text-caution">{t('needsScript')}</p>
      </noscript>
      {fault && (
        <p role="alert" className="mb-4 text-small text-alarm">
          {t('failed', { reason: fault[locale] })}
        </p>
      )}
      <BadView bad={bad} />
      <LabPlayer
        shown={shown}
        steps={steps}
        speed={String(view.speed)}
        onPlay={play}
        onStep={() => driver.step()}
        onReset={() => driver.reset()}
        onLook={(at) => driver.look(at)}
        onSpeed={(speed) => change({ speed })}
      />
      <div className="mt-3 flex flex-wrap items-end gap-x-6 gap-y-3">
        <div className="min-w-60 flex-1">
          <LabControls controls={plan.controls} set={view} onSet={set} />
        </div>
        {extra('units') && (
          <label className="flex min-h-8 items-center gap-2 text-small">
            <input
              type="checkbox"
              className="accent-accent"
              checked={Boolean(view.units)}
              onChange={({ target }) => change({ units: target.checked })}
            />
            {t('units')}
          </label>
        )}
      </div>
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
      <SaveLosses plan={plan} histories={histories} />
    </section>
  );
}
