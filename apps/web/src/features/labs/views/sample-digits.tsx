'use client';

import { useTranslations } from 'use-intl/react';
import type { Looked } from '../model/drawing.ts';

interface Props {
  readonly looked: Looked;
  readonly onLook: (looked: Looked) => void;
}

/** Digits of the test set to look at: the same one again is the next of its kind. */
export function SampleDigits({ looked, onLook }: Props) {
  const t = useTranslations('labs.digits');
  const chosen = 'digit' in looked ? looked.digit : null;
  return (
    <fieldset className="text-small">
      <legend className="mb-1 text-muted">{t('samples')}</legend>
      <div className="flex max-w-[228px] flex-wrap gap-1">
        {Array.from({ length: 10 }, (_, digit) => (
          <button
            key={digit}
            type="button"
            className="button !w-9 !px-0 aria-pressed:border-accent"
            aria-pressed={chosen === digit}
            onClick={() =>
              onLook({ digit, place: 'digit' in looked && looked.digit === digit ? (looked.place + 1) % 100 : 0 })
            }
          >
            {digit}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
