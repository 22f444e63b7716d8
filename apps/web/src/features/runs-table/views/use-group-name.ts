'use client';

import { levelNames, parseField } from '@whorl/core';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import type { RunGroup } from '../model/answers.ts';
import { useCellText } from './cell-value.tsx';
import { useColumnNames } from './use-column-names.ts';

type Grouped = Pick<RunGroup, 'values'>;

/** Names groups by what distinguishes them: `relu · adam · lr=0.01`. */
export function useGroupName(by: readonly string[], groups: readonly Grouped[]): (group: Grouped) => string {
  const t = useTranslations('comparison');
  const nameOf = useColumnNames();
  const textOf = useCellText();
  return useMemo(() => {
    const fields = by.map((field) => parseField(field));
    const levels = groups.map(({ values }) =>
      fields.map((field, i) => {
        const value = values[i] ?? null;
        // Dates and durations are written as in the table.
        return field.kind === 'attribute' && value !== null ? textOf(field, value) : value;
      }),
    );
    const paths = by.map((field) => nameOf(field).text);
    const names = levelNames(paths, levels, { absent: t('absent') });
    const known = new Map(groups.map((group, i) => [group, names[i] as string]));
    return (group) => known.get(group) ?? '';
  }, [by, groups, nameOf, textOf, t]);
}
