'use client';

import { levelNames } from '@whorl/core';
import { useCallback } from 'react';
import { useTranslations } from 'use-intl/react';
import type { FactorValue } from '#src/contract/comparison.ts';
import { useFormat } from '#src/i18n/use-format.ts';

/** The names of levels, the same as on the command line. */
export function useLevelName(): {
  /** The names of several levels: only what differs among them is named. @param by the factors' paths */
  readonly namesOf: (by: readonly string[], levels: readonly (readonly FactorValue[])[]) => readonly string[];
  /** The name of a single level. */
  readonly nameOf: (values: readonly FactorValue[], by: readonly string[]) => string;
  readonly nameValue: (value: FactorValue) => string;
} {
  const t = useTranslations('comparison');
  const { value: nameValue } = useFormat();
  const namesOf = useCallback(
    (by: readonly string[], levels: readonly (readonly FactorValue[])[]) =>
      levelNames(by, levels, { absent: t('absent') }).map((name) => name || t('allRuns')),
    [t],
  );
  const nameOf = useCallback(
    (values: readonly FactorValue[], by: readonly string[]) => namesOf(by, [values])[0] as string,
    [namesOf],
  );
  return { namesOf, nameOf, nameValue };
}
