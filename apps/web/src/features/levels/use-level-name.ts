'use client';

import { levelNames } from '@whorl/core';
import { useCallback } from 'react';
import { useTranslations } from 'use-intl/react';
import type { LevelValue } from '#src/contract/comparison.ts';
import { useFormat } from '#src/i18n/use-format.ts';

/** What levels are called, as on the command line. */
export function useLevelName(): {
  /** The names of levels beside each other: what differs among them, by the factors' paths. */
  readonly namesOf: (by: readonly string[], levels: readonly (readonly LevelValue[])[]) => readonly string[];
  /** The name of a level that stands alone. */
  readonly nameOf: (values: readonly LevelValue[], by: readonly string[]) => string;
  readonly nameValue: (value: LevelValue) => string;
} {
  const t = useTranslations('comparison');
  const { value: nameValue } = useFormat();
  const namesOf = useCallback(
    (by: readonly string[], levels: readonly (readonly LevelValue[])[]) =>
      levelNames(by, levels, { absent: t('absent') }).map((name) => name || t('allRuns')),
    [t],
  );
  const nameOf = useCallback(
    (values: readonly LevelValue[], by: readonly string[]) => namesOf(by, [values])[0] as string,
    [namesOf],
  );
  return { namesOf, nameOf, nameValue };
}
