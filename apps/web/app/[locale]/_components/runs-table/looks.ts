import type { Cell, ParamValue } from '@whorl/core';
import { type Look, looksOf } from '#src/comparison/colours.ts';
import { configurationKey } from '#src/comparison/configurations.ts';
import type { RunGroup } from './answers.ts';

/** How the charts draw the runs of each configuration. */
export interface Looks {
  readonly by: readonly string[];
  readonly of: (cellOf: (field: string) => Cell | undefined) => Look | undefined;
}

const paramsOf = (by: readonly string[], cellOf: (field: string) => Cell | undefined): Record<string, ParamValue> =>
  Object.fromEntries(
    by.flatMap((field) => {
      const value = cellOf(field);
      return value === null || value === undefined ? [] : [[field, value]];
    }),
  );

/** The looks of an experiment's configurations: a configuration is drawn alike wherever it is shown. */
export function looksOfGroups(study: string, by: readonly string[], groups: readonly RunGroup[]): Looks {
  const stand = groups.map(({ values }, i) => ({
    id: String(i),
    study,
    seed: 0,
    params: paramsOf(by, (field) => values[by.indexOf(field)]),
  }));
  const looks = looksOf(stand, by);
  const byKey = new Map(stand.map((item) => [configurationKey(item, by), looks.get(item.id)]));
  return {
    by,
    of: (cellOf) => byKey.get(configurationKey({ id: '', study, seed: 0, params: paramsOf(by, cellOf) }, by)),
  };
}
