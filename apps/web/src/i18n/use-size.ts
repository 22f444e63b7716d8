'use client';

import { useMemo } from 'react';
import { useLocale } from 'use-intl/react';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** Writes a number of bytes in a suitable unit. */
export function useSize(): (bytes: number) => string {
  const locale = useLocale();
  return useMemo(() => {
    const formats = UNITS.map(
      (unit) => new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: unit === 'byte' ? 0 : 1 }),
    );
    return (bytes) => {
      const at = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
      return (formats[at] as Intl.NumberFormat).format(bytes / 1000 ** at);
    };
  }, [locale]);
}
