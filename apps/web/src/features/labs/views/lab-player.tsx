'use client';

import { useTranslations } from 'use-intl/react';
import type { Shown } from '../model/driver.ts';
import { SPEEDS } from '../model/plan.ts';

interface Props {
  readonly shown: Shown;
  readonly steps: number;
  readonly speed: string;
  readonly onPlay: () => void;
  readonly onStep: () => void;
  readonly onReset: () => void;
  readonly onLook: (step: number) => void;
  readonly onSpeed: (speed: string) => void;
}

/** Play, one step, back to the start, how fast, and one slider for time. */
export function LabPlayer({ shown, steps, speed, onPlay, onStep, onReset, onLook, onSpeed }: Props) {
  const t = useTranslations('labs');
  const at = shown.frame?.step ?? 0;
  return (
    <div>
      <div className="flex flex-wrap items-center gap-2">
        <button type="button" className="button button-primary w-24" onClick={onPlay}>
          <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
            {shown.playing ? (
              <path d="M1 0h3v10H1zM6 0h3v10H6z" fill="currentColor" />
            ) : (
              <path d="M1 0l9 5-9 5z" fill="currentColor" />
            )}
          </svg>
          {shown.playing ? t('pause') : t('play')}
        </button>
        <button type="button" className="button" onClick={onStep}>
          {t('oneStep')}
        </button>
        <button type="button" className="button" onClick={onReset}>
          {t('reset')}
        </button>
        <label className="ml-auto flex items-center gap-2 text-small text-muted">
          {t('speed')}
          <select className="field" value={speed} onChange={({ target }) => onSpeed(target.value)}>
            {SPEEDS.map((steps) => (
              <option key={steps}>{steps}</option>
            ))}
          </select>
        </label>
      </div>
      <div className="mt-2 flex items-center gap-3">
        <input
          type="range"
          className="h-8 min-w-0 flex-1 accent-accent"
          aria-label={t('time')}
          aria-valuetext={t('stepOf', { step: String(at), steps: String(steps) })}
          min={0}
          max={steps}
          value={at}
          onChange={({ target }) => onLook(Number(target.value))}
        />
        <output className="min-w-32 text-right text-small text-muted" data-testid="lab-step">
          {t('stepOf', { step: String(at), steps: String(steps) })}
        </output>
      </div>
    </div>
  );
}
