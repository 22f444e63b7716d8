'use client';

import { parseField } from '@whorl/core';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import { useFormat } from '#src/i18n/use-format.ts';

/** What a column is called. */
export interface ColumnName {
  readonly text: string;
  /** Whether the name is a path of the config or the environment. */
  readonly path: boolean;
}

/** The names of columns in the reader's language. */
export function useColumnNames(): (field: string) => ColumnName {
  const t = useTranslations('table');
  const { metricName } = useFormat();
  return useMemo(() => {
    const known = new Map<string, ColumnName>();
    const nameOf = (field: string): ColumnName => {
      const parsed = parseField(field);
      switch (parsed.kind) {
        case 'attribute':
          return { text: t(`attribute.${parsed.key}`), path: false };
        case 'metric': {
          const name = metricName(parsed.key);
          return { text: parsed.part === 'last' ? name : t(`part.${parsed.part}`, { name }), path: false };
        }
        case 'param':
          return parsed.key === 'seed' ? { text: t('seed'), path: false } : { text: parsed.key, path: true };
        case 'tag':
          return { text: t('tagColumn', { name: parsed.key }), path: false };
        case 'environment':
          return { text: parsed.key, path: true };
      }
    };
    return (field) => {
      const found = known.get(field) ?? nameOf(field);
      known.set(field, found);
      return found;
    };
  }, [t, metricName]);
}
