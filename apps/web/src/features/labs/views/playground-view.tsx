'use client';

import { useId, useMemo, useRef } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import type { Locale } from '#src/i18n/locales.ts';
import { Command } from '#src/ui/command.tsx';
import { BadView } from '#src/view/bad-view.tsx';
import { ownSourceOf } from '../model/own-data.ts';
import { type LabPlan, labValues, trainingsOf } from '../model/plan.ts';
import { seedsCommand } from '../model/seeds-command.ts';
import { InsideNetwork } from './inside-network.tsx';
import { LabControls } from './lab-controls.tsx';
import { LabPlayer } from './lab-player.tsx';
import { OwnDataPanel } from './own-data-panel.tsx';
import { PlaygroundStage } from './playground-stage.tsx';
import { RecordRun } from './record-run.tsx';
import { useLab } from './use-lab.ts';
import { useOwnData } from './use-own-data.ts';

/** One network: all that may be set on the left, its boundary and curves beside, its record, and the command that trains the same. */
export function PlaygroundView({ plan }: { readonly plan: LabPlan }) {
  const t = useTranslations('labs');
  const locale = useLocale() as Locale;
  const element = useRef<HTMLElement>(null);
  const settingsId = useId();
  const mine = useOwnData();
  const { view, bad, change, shown, driver, wake, set, play, own } = useLab(plan, element, mine.ownOf);
  const { frame, histories, commands, fault } = shown;
  const step = frame?.step ?? 0;
  const steps = shown.steps || plan.steps;
  const shownPlan = useMemo(() => ({ ...plan, cells: trainingsOf(plan, view) }), [plan, view]);
  const { cells } = shownPlan;
  const source = ownSourceOf(view.data);
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
          {source && <OwnDataPanel source={source} own={mine} data={own} />}
          <Flag label={t('playground.threeSeeds')} on={view.seeds === true} onSet={(on) => set('seeds', on)} />
          <Flag label={t('units')} on={Boolean(view.units)} onSet={(units) => change({ units })} />
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
          <PlaygroundStage plan={shownPlan} shown={shown} steps={steps} showsUnits={Boolean(view.units)} />
          <InsideNetwork cells={cells} frame={frame?.cells[0] ?? null} histories={histories} step={step} />
          {!source && <RecordRun defaults={plan.defaults} all={labValues(plan, view)} steps={shown.steps} />}
          <h2 className="mt-8 mb-2 font-medium">{t('playground.command')}</h2>
          <p className="mb-3 text-small text-muted">{t(source ? 'own.commandNote' : 'playground.commandNote')}</p>
          <Command text={seedsCommand(commands[0] ?? 'npx whorl run spiral', cells.length)} />
        </div>
      </div>
    </section>
  );
}

interface FlagProps {
  readonly label: string;
  readonly on: boolean;
  readonly onSet: (on: boolean) => void;
}

const Flag = ({ label, on, onSet }: FlagProps) => (
  <label className="mt-4 flex min-h-8 items-center gap-2 text-small">
    <input type="checkbox" className="accent-accent" checked={on} onChange={({ target }) => onSet(target.checked)} />
    {label}
  </label>
);
