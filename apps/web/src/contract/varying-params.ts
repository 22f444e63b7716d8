import { type FieldInfo, isFactor, parseField } from '@whorl/core';

/** A config path that is not the same in all runs. */
export interface VaryingParam {
  readonly path: string;
  readonly info: FieldInfo;
}

/** How many runs there are: every run has an id. */
export const runCount = (infos: readonly FieldInfo[]): number => infos.find(({ field }) => field === 'id')?.runs ?? 0;

/** The config paths that can be factors and differ among the runs. */
export function varyingParams(infos: readonly FieldInfo[]): VaryingParam[] {
  const total = runCount(infos);
  return infos.flatMap((info) => {
    const field = parseField(info.field);
    const varies = info.distinct > 1 || info.runs < total;
    return field.kind === 'param' && isFactor(field.key) && varies ? [{ path: field.key, info }] : [];
  });
}
