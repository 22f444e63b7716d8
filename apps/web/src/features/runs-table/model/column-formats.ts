import { type FieldInfo, formatField, type NumberFormat, numberFormat } from '@whorl/core';

/**
 * A number format for each metric's column. It is derived from all runs, so that numbers line up and stay the same while
 * scrolling.
 */
export function columnFormats(infos: readonly FieldInfo[]): (key: string) => NumberFormat {
  const byField = new Map(infos.map((info) => [info.field, info]));
  const made = new Map<string, NumberFormat>();
  return (key) => {
    const field = formatField({ kind: 'metric', key, part: 'last' });
    const format = made.get(field) ?? formatOf(byField.get(field));
    made.set(field, format);
    return format;
  };
}

function formatOf(info: FieldInfo | undefined): NumberFormat {
  if (info?.min === undefined || info.max === undefined) return numberFormat([]);
  const { min, max, distinct } = info;
  const told = info.values.filter((value) => typeof value === 'number');
  if (told.length === distinct) return numberFormat(told);
  // More different values than there are whole numbers between the ends: so some are fractions. An irrational one stands for
  // them.
  const between = max - min + 1 < distinct ? [min + (max - min) / Math.PI] : [];
  return numberFormat([min, max, ...told, ...between], []);
}
