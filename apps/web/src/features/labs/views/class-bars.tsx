'use client';

import { useTranslations } from 'use-intl/react';
import type { Look } from '#src/charts/looks.ts';

interface Props {
  /** What a network says of each digit, between 0 and 1. */
  readonly answer: Float32Array | null;
  readonly look: Look;
}

/** What a network says of each of the ten digits. */
export function ClassBars({ answer, look }: Props) {
  const t = useTranslations('labs.digits');
  return (
    <ol className="text-small tabular-nums" aria-label={t('answer')}>
      {Array.from({ length: 10 }, (_, digit) => {
        const share = answer?.[digit] ?? 0;
        return (
          <li key={digit} className="grid grid-cols-[1ch_minmax(0,1fr)_5ch] items-center gap-2">
            <span>{digit}</span>
            <span aria-hidden className="h-2 rounded-full bg-sunk">
              <span
                className="block h-2 rounded-full"
                style={{
                  width: `${100 * share}%`,
                  backgroundColor: `light-dark(${look.colour.light}, ${look.colour.dark})`,
                }}
              />
            </span>
            <span className="text-end text-muted">{answer ? share.toFixed(2) : '–'}</span>
          </li>
        );
      })}
    </ol>
  );
}
