'use client';

import { useCallback } from 'react';
import { useTranslations } from 'use-intl/react';
import { useFormat } from '#src/i18n/use-format.ts';
import type { LevelValue } from '#src/server/comparison/schemas.ts';

/** What levels are called: their values in the order of the factors. */
export function useLevelName(): {
  /** `by` are the factors' paths: a number says nothing without the name of what it is. */
  readonly nameOf: (values: readonly LevelValue[], by: readonly string[]) => string;
  readonly nameValue: (value: LevelValue) => string;
} {
  const t = useTranslations('comparison');
  const { value: format } = useFormat();
  const nameValue = useCallback((value: LevelValue) => (value === null ? t('absent') : format(value)), [t, format]);
  const nameOf = useCallback(
    (values: readonly LevelValue[], by: readonly string[]) => {
      if (values.length === 0) return t('allRuns');
      const named = values.map((value, i) => {
        const name =
          by[i]
            ?.replace(/\.name$/, '')
            .split('.')
            .at(-1) ?? '';
        return isWord(value) ? nameValue(value) : `${name}=${nameValue(value)}`;
      });
      return named.join(' + ');
    },
    [t, nameValue],
  );
  return { nameOf, nameValue };
}

/** `relu` says what it is. */
const isWord = (value: LevelValue): boolean => typeof value === 'string' && /^\p{L}/u.test(value);
