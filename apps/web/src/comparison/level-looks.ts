import type { ParamValue } from '@whorl/core';
import type { Factor, LevelValue } from '#src/server/comparison/schemas.ts';
import { type Look, levelColours, STROKES } from './colours.ts';

/** A level of a comparison: its values of the factors looked at. */
interface Valued {
  readonly level: string;
  readonly values: readonly LevelValue[];
}

const orUndefined = (value: LevelValue | undefined): ParamValue | undefined => value ?? undefined;

/** How each level is drawn: the colour by its first factor, the stroke by the others. */
export function levelLooks(
  by: readonly string[],
  levels: readonly Valued[],
  factors: readonly Factor[],
): Map<string, Look> {
  const [path = 'study'] = by;
  // Of all runs' levels, so that no level changes its colour as runs finish.
  const known = factors.find((factor) => factor.path === path)?.levels.map(({ value }) => value) ?? [];
  const colours = levelColours(path, [...known, ...levels.map(({ values }) => values[0] ?? null)].map(orUndefined));
  const seen = new Map<LevelValue, number>();
  return new Map(
    levels.map(({ level, values }) => {
      const first = values[0] ?? null;
      const nth = seen.get(first) ?? 0;
      seen.set(first, nth + 1);
      const colour = colours.get(orUndefined(first));
      if (!colour) throw new Error(`no colour for ${path}=${first}`);
      return [level, { colour, stroke: STROKES[nth % STROKES.length] as Look['stroke'] }];
    }),
  );
}
