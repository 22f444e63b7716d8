'use client';

import { useEffect, useMemo, useRef } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { Swatch } from '#src/charts/swatch.tsx';
import type { Locale } from '#src/i18n/locales.ts';
import { type Looked, pictureOf } from '../model/drawing.ts';
import type { CellFrame } from '../model/messages.ts';
import type { LabCell, LabPlan } from '../model/plan.ts';
import { ClassBars } from './class-bars.tsx';
import { DrawPad } from './draw-pad.tsx';
import { FeatureMaps } from './feature-maps.tsx';
import { LabCurves } from './lab-curves.tsx';
import { LabSection } from './lab-section.tsx';
import { LadderTable } from './ladder-table.tsx';
import { SampleDigits } from './sample-digits.tsx';
import { SaveLosses } from './save-losses.tsx';
import { useLab } from './use-lab.ts';

/** Networks that read digits, trained side by side in the page, and what they make of a digit that the reader draws. */
export function DigitLabView({ plan }: { readonly plan: LabPlan }) {
  const t = useTranslations('labs.digits');
  const element = useRef<HTMLElement>(null);
  const lab = useLab(plan, element);
  const { view, change, shown, driver, wake } = lab;
  const looked = view.digit as Looked;
  const asked = useMemo(() => ('ink' in looked ? { pixels: pictureOf(looked.ink) } : looked), [looked]);
  useEffect(() => driver.see(asked), [driver, asked]);
  const { frame, histories } = shown;
  const step = frame?.step ?? 0;
  const look = (digit: Looked) => {
    wake();
    change({ digit });
  };
  const showsMaps = plan.extras.includes('maps');
  return (
    <LabSection plan={plan} lab={lab} element={element}>
      <div className="mt-6 grid gap-x-8 gap-y-6 sm:grid-cols-[228px_minmax(0,1fr)]">
        <div className="grid content-start gap-4">
          <DrawPad looked={looked} sample={frame?.digit ?? null} onLook={look} />
          <SampleDigits looked={looked} onLook={look} />
        </div>
        <div className="grid min-w-0 grid-cols-2 content-start gap-x-6 gap-y-6">
          {plan.cells.map((cell, i) => (
            <NetworkAnswer
              key={cell.name.en}
              cell={cell}
              frame={frame?.cells[i] ?? null}
              name={nameOf(plan, cell, view)}
            />
          ))}
        </div>
      </div>
      <div className="mt-6 grid gap-6 sm:grid-cols-2">
        <LabCurves plan={plan} histories={histories} steps={shown.steps || plan.steps} at={step} />
      </div>
      <p className="mt-2 text-small text-muted">{t('testNote')}</p>
      {showsMaps && (
        <div className="mt-6 grid gap-6 lg:grid-cols-2">
          {plan.cells.map((cell, i) => (
            <MapsOf key={cell.name.en} name={nameOf(plan, cell, view)} frame={frame?.cells[i] ?? null} />
          ))}
        </div>
      )}
      {plan.ladder && (
        <div className="mt-6">
          <LadderTable ladder={plan.ladder} lab={lab} chosen={String(view[plan.ladder.by])} seed={Number(view.seed)} />
        </div>
      )}
      <SaveLosses plan={plan} histories={histories} />
    </LabSection>
  );
}

/** A training is called what it was chosen to be, where that may be chosen. */
const nameOf = (plan: LabPlan, { name, chosen }: LabCell, view: Readonly<Record<string, unknown>>) =>
  plan.ladder?.rungs.find(({ id }) => chosen && id === view[chosen.by])?.name ?? name;

interface NetworkProps {
  readonly name: LabCell['name'];
  readonly frame: CellFrame | null;
}

function NetworkAnswer({ cell, name, frame }: NetworkProps & { readonly cell: LabCell }) {
  const t = useTranslations('labs.digits');
  const accuracy = frame?.test.accuracy;
  return (
    <div className="min-w-0" data-training={cell.name.en}>
      <p className="flex items-baseline gap-2 text-small">
        <Swatch look={cell.look} />
        <span className="font-medium">{name[useLocale() as Locale]}</span>
      </p>
      <p className="mb-2 text-small text-muted" data-test={accuracy}>
        {t('test', { accuracy: accuracy === undefined ? '–' : accuracy.toFixed(3) })}
      </p>
      <ClassBars answer={frame?.seen?.answer ?? null} look={cell.look} />
    </div>
  );
}

function MapsOf({ name, frame }: NetworkProps) {
  return (
    <div className="min-w-0">
      <h4 className="mb-2 text-small font-medium">{name[useLocale() as Locale]}</h4>
      <FeatureMaps layers={frame?.seen?.layers ?? []} />
    </div>
  );
}
