import { own, type ParamValue, valueOrder } from '@whorl/core';
import { type Colour, levelColour, levelColours } from './colours.ts';

// How a configuration is drawn everywhere: the level of one factor decides its colour, the levels of the others decide its
// stroke. A look depends on the levels of all runs of the page, not on those that a chart or table happens to show, so that
// neither a filter nor a run that ends changes it.

/** The strokes that tell apart configurations of one colour, as lengths of lines and gaps in pixels. */
export const DASHES = {
  solid: [],
  dashed: [8, 5],
  dotted: [2, 4],
  'dash-dot': [10, 4, 2, 4],
  'long-dash': [18, 5],
  'dash-dot-dot': [10, 4, 2, 4, 2, 4],
} as const satisfies Readonly<Record<string, readonly number[]>>;
export type Stroke = keyof typeof DASHES;
const STROKES = Object.keys(DASHES) as Stroke[];

/** The dashes of a stroke for a canvas; null for a solid line. */
export const dashOf = (stroke: Stroke): number[] | null => (stroke === 'solid' ? null : [...DASHES[stroke]]);

export interface Look {
  readonly colour: Colour;
  readonly stroke: Stroke;
}

type Level = ParamValue | undefined;

/** The levels of each factor among all runs of a page. A run without the path has the level undefined. */
export type FactorLevels = ReadonlyMap<string, readonly Level[]>;

/** The level of a factor. */
export type LevelAt = (path: string) => Level;

/**
 * The look of a configuration by its levels. The colour comes from the first factor that all runs have, the stroke from the
 * others.
 * @param by the factors, the most important one first
 */
export function looksBy(by: readonly string[], levels: FactorLevels): (levelAt: LevelAt) => Look {
  const levelsOf = (path: string): readonly Level[] => levels.get(path) ?? [];
  const path = by.find((candidate) => !levelsOf(candidate).includes(undefined)) ?? by[0] ?? 'study';
  const colours = levelColours(path, levelsOf(path));
  const others = by
    .filter((other) => other !== path)
    .map((other) => ({ other, sorted: [...new Set(levelsOf(other))].sort(valueOrder) }));
  return (levelAt) => {
    const level = levelAt(path);
    let place = 0;
    for (const { other, sorted } of others) {
      const at = sorted.indexOf(levelAt(other));
      place = place * Math.max(1, sorted.length) + Math.max(0, at);
    }
    return {
      colour: colours.get(level) ?? levelColour(path, level),
      stroke: STROKES[place % STROKES.length] as Stroke,
    };
  };
}

/** The levels of each factor among some runs. */
export function levelsAmong(
  runs: readonly { readonly params: Readonly<Record<string, ParamValue>> }[],
  by: readonly string[],
): Map<string, Level[]> {
  return new Map(by.map((path) => [path, [...new Set(runs.map(({ params }) => own(params, path)))]]));
}
