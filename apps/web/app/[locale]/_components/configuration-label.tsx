'use client';

import type { ParamValue } from '@whorl/core';
import { useCallback } from 'react';
import { useFormat } from '#src/i18n/use-format.ts';

/** The values that make a configuration, each with its path where it would not be understood alone. */
export function useConfigurationName() {
  const { value } = useFormat();
  return useCallback(
    (values: Readonly<Record<string, ParamValue | undefined>>): string => {
      const entries = Object.entries(values).filter((entry): entry is [string, ParamValue] => entry[1] !== undefined);
      return entries
        .map(([path, item]) => (nameable(item) ? String(item) : `${path.split('.').at(-1)} ${value(item)}`))
        .join(' · ');
    },
    [value],
  );
}

/** A word such as `relu` says what it is; a number or a list does not. */
const nameable = (value: ParamValue): boolean => typeof value === 'string' && /^\p{L}/u.test(value);
