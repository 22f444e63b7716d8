'use client';

import { Slider } from '@base-ui/react/slider';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl/react';

interface Props {
  readonly steps: readonly number[];
  /** Index into `steps`. */
  readonly at: number;
  readonly onChange: (at: number) => void;
}

const FRAME_MS = 220;

/** Moves through recorded steps, by a slider or by playing them. */
export function StepPlayer({ steps, at, onChange }: Props) {
  const t = useTranslations('boundary');
  const [playing, setPlaying] = useState(false);
  const last = steps.length - 1;

  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => {
      if (at >= last) setPlaying(false);
      else onChange(at + 1);
    }, FRAME_MS);
    return () => clearTimeout(timer);
  }, [playing, at, last, onChange]);

  const toggle = () => {
    if (!playing && at >= last) onChange(0);
    setPlaying(!playing);
  };
  return (
    <div className="flex items-center gap-4 print:hidden">
      <button type="button" className="button w-20" onClick={toggle} disabled={last < 1}>
        <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
          {playing ? (
            <path d="M1 0h3v10H1zM6 0h3v10H6z" fill="currentColor" />
          ) : (
            <path d="M1 0l9 5-9 5z" fill="currentColor" />
          )}
        </svg>
        {playing ? t('pause') : t('play')}
      </button>
      <Slider.Root
        className="min-w-0 flex-1"
        min={0}
        max={Math.max(1, last)}
        value={at}
        disabled={last < 1}
        onValueChange={(value) => {
          setPlaying(false);
          onChange(typeof value === 'number' ? value : (value[0] ?? 0));
        }}
      >
        <Slider.Control className="flex h-8 w-full touch-none items-center px-2 select-none">
          <Slider.Track className="h-[2px] w-full bg-line">
            <Slider.Indicator className="bg-accent" />
            <Slider.Thumb
              className="size-4 rounded-full border-2 border-accent bg-ground has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-accent"
              getAriaLabel={() => t('step')}
              getAriaValueText={() => t('stepValue', { step: String(steps[at] ?? 0) })}
            />
          </Slider.Track>
        </Slider.Control>
      </Slider.Root>
    </div>
  );
}
