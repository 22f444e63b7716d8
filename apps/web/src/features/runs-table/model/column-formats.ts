import { type FieldInfo, formatField, type NumberFormat, numberFormat } from '@whorl/core';

/**
 * How the numbers of each metric are written in its column: by what is known of it over all runs, so that they line up
 * and stay as they are while the table is scrolled.
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
  // So many different values between these ends are not all whole numbers: a fraction stands for those that are not told.
  const between = max - min + 1 < distinct ? [min + (max - min) / Math.PI] : [];
  return numberFormat([min, max, ...told, ...between], []);
}
