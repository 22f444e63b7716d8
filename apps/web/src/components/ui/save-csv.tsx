'use client';

import { useTranslations } from 'use-intl/react';
import { type ChartNumbers, download, fileName, toCsv } from '#src/components/charts/chart-exports.ts';

/** Saves a table's numbers, each with every digit that it has. */
export function SaveCsv({ title, numbers }: { readonly title: string; readonly numbers: () => ChartNumbers }) {
  const t = useTranslations('chartFrame');
  return (
    <button
      type="button"
      className="button"
      aria-label={`${t('csv')}: ${title}`}
      onClick={() => download(`${fileName(title)}.csv`, toCsv(numbers()), 'text/csv;charset=utf-8')}
    >
      CSV
    </button>
  );
}
