import { type ReactNode, type RefObject, useId } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import type { Locale } from '#src/i18n/locales.ts';
import { BadView } from '#src/view/bad-view.tsx';
import type { LabPlan } from '../model/plan.ts';
import { LabControls } from './lab-controls.tsx';
import { LabPlayer } from './lab-player.tsx';
import type { useLab } from './use-lab.ts';

interface Props {
  readonly plan: LabPlan;
  readonly lab: ReturnType<typeof useLab>;
  readonly element: RefObject<HTMLElement | null>;
  /** Beside what may be set. */
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

/** What every lab of a concept page has: its heading, what went wrong, the player, and what may be set. */
export function LabSection({ plan, lab, element, beside, children }: Props) {
  const t = useTranslations('labs');
  const locale = useLocale() as Locale;
  const titleId = useId();
  const { view, bad, change, shown, driver, wake, set, play } = lab;
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
      {shown.fault && (
        <p role="alert" className="mb-4 text-small text-alarm">
          {t('failed', { reason: shown.fault[locale] })}
        </p>
      )}
      <BadView bad={bad} />
      <LabPlayer
        shown={shown}
        steps={shown.steps || plan.steps}
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
        {beside}
      </div>
      {children}
    </section>
  );
}
