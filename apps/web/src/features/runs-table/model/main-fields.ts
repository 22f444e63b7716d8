import { type FieldInfo, formatField, mainPairOf, parseField } from '@whorl/core';

/** The most important metrics of an experiment's runs, as fields. Configurations are ordered by the first. */
export function mainFields(infos: readonly FieldInfo[]): string[] {
  const fields = infos.map(({ field }) => parseField(field));
  const keys = fields.flatMap((field) => (field.kind === 'metric' ? [field.key] : []));
  return mainPairOf(keys).map((key) => formatField({ kind: 'metric', key, part: 'last' }));
}
