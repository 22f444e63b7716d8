'use client';

import { useCallback } from 'react';
import { useTranslations } from 'use-intl/react';
import { useFormat } from '#src/i18n/use-format.ts';
import type { LevelValue } from '#src/server/comparison/schemas.ts';

/** What levels are called: their values in the order of the factors. */
export function useLevelName(): {
  readonly nameOf: (values: readonly LevelValue[]) => string;
  readonly nameValue: (value: LevelValue) => string;
} {
  const t = useTranslations('comparison');
  const { value: format } = useFormat();
  const nameValue = useCallback((value: LevelValue) => (value === null ? t('absent') : format(value)), [t, format]);
  const nameOf = useCallback(
    (values: readonly LevelValue[]) => (values.length === 0 ? t('allRuns') : values.map(nameValue).join(' + ')),
    [t, nameValue],
  );
  return { nameOf, nameValue };
}
