'use client';

import { parseField } from '@whorl/core';
import { useCallback } from 'react';
import type { RunGroup } from './answers.ts';
import { useCellText } from './cell-value.tsx';
import { useColumnNames } from './use-column-names.ts';

/** What a group's runs have in common, in words: `relu · adam · lr 0.01`. */
export function useGroupName(by: readonly string[]): (group: Pick<RunGroup, 'values'>) => string {
  const nameOf = useColumnNames();
  const textOf = useCellText();
  return useCallback(
    ({ values }) =>
      by
        .map((field, i) => {
          const value = values[i] ?? null;
          const text = textOf(parseField(field), value);
          // A word such as `relu` says what it is; a number, or nothing, does not.
          return typeof value === 'string' && /^\p{L}/u.test(value)
            ? text
            : `${nameOf(field).text.split('.').at(-1)} ${text}`;
        })
        .join(' · '),
    [by, nameOf, textOf],
  );
}
