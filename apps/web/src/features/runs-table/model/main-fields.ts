import { type FieldInfo, formatField, mainPairOf, parseField } from '@whorl/core';

/** What says how well an experiment's runs do, as fields: the one that they are in order of comes first. */
export function mainFields(infos: readonly FieldInfo[]): string[] {
  const fields = infos.map(({ field }) => parseField(field));
  const keys = fields.flatMap((field) => (field.kind === 'metric' ? [field.key] : []));
  return mainPairOf(keys).map((key) => formatField({ kind: 'metric', key, part: 'last' }));
}
