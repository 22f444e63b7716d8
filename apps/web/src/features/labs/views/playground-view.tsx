'use client';

import { useId, useRef } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import type { Locale } from '#src/i18n/locales.ts';
import { Command } from '#src/ui/command.tsx';
import { BadView } from '#src/view/bad-view.tsx';
import { type LabPlan, labValues } from '../model/plan.ts';
import { InsideNetwork } from './inside-network.tsx';
import { LabCellView } from './lab-cell.tsx';
import { LabControls } from './lab-controls.tsx';
import { LabCurves } from './lab-curves.tsx';
import { LabPlayer } from './lab-player.tsx';
import { RecordRun } from './record-run.tsx';
import { SaveLosses } from './save-losses.tsx';
import { SetTable } from './set-table.tsx';
import { useLab } from './use-lab.ts';

/** One network: all that may be set on the left, its boundary and curves beside, and the command that trains the same. */
export function PlaygroundView({ plan }: { readonly plan: LabPlan }) {
  const t = useTranslations('labs');
  const locale = useLocale() as Locale;
  const element = useRef<HTMLElement>(null);
  const settingsId = useId();
  const { view, bad, change, shown, driver, wake, set, play } = useLab(plan, element);
  const { frame, histories, points, commands, fault } = shown;
  const step = frame?.step ?? 0;
  const steps = shown.steps || plan.steps;
  const [cell] = plan.cells;
  const [values = {}] = labValues(plan, view);
  if (!cell) return null;
  return (
    <section
      ref={element}
      aria-label={t('playground.title')}
      className="mt-6"
      data-lab={plan.id}
      data-phase={shown.phase}
      data-done={shown.done}
      onPointerDown={wake}
      onFocus={wake}
    >
      <noscript>
        <p className="mb-4 text-small text-caution">{t('playground.needsScript')}</p>
      </noscript>
      {fault && (
        <p role="alert" className="mb-4 text-small text-alarm">
          {t('playground.failed', { reason: fault[locale] })}
        </p>
      )}
      <BadView bad={bad} />
      <div className="grid gap-8 lg:grid-cols-[320px_minmax(0,1fr)]">
        <div>
          <h2 id={settingsId} className="mb-4 font-medium">
            {t('playground.settings')}
          </h2>
          <LabControls controls={plan.controls} set={view} onSet={set} columns />
          <label className="mt-4 flex min-h-8 items-center gap-2 text-small">
            <input
              type="checkbox"
              className="accent-accent"
              checked={Boolean(view.units)}
              onChange={({ target }) => change({ units: target.checked })}
            />
            {t('units')}
          </label>
        </div>
        <div className="min-w-0">
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
          <div className="mt-4 grid gap-8 md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
            <LabCellView
              cell={cell}
              step={step}
              frame={frame?.cells[0] ?? null}
              points={points[0] ?? null}
              showsUnits={Boolean(view.units)}
              dead={null}
            />
            <div className="grid content-start gap-6">
              <SetTable frame={frame?.cells[0] ?? null} />
              <LabCurves plan={plan} histories={histories} steps={steps} at={step} />
              <SaveLosses plan={plan} histories={histories} />
            </div>
          </div>
          <InsideNetwork cells={plan.cells} frame={frame?.cells[0] ?? null} histories={histories} step={step} />
          <RecordRun defaults={plan.defaults} values={values} steps={shown.steps} />
          <h2 className="mt-8 mb-2 font-medium">{t('playground.command')}</h2>
          <p className="mb-3 text-small text-muted">{t('playground.commandNote')}</p>
          <Command text={commands[0] ?? 'npx whorl run spiral'} />
        </div>
      </div>
    </section>
  );
}
