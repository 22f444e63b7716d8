import { own, type ParamValue, valueOrder } from '@whorl/core';
import { type Colour, levelColour, levelColours } from './colours.ts';

// How a configuration is drawn, wherever it is shown: its colour says its level of one factor, its stroke those of the
// others. A look hangs on the levels that the page's factors have in all of its runs, and not on which of them a chart or
// a table shows: neither a filter nor a run that ends changes it.

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

/** The lengths of a stroke as a canvas takes them; null for a line without gaps. */
export const dashOf = (stroke: Stroke): number[] | null => (stroke === 'solid' ? null : [...DASHES[stroke]]);

export interface Look {
  readonly colour: Colour;
  readonly stroke: Stroke;
}

type Level = ParamValue | undefined;

/** The levels of each factor among all runs of a page; undefined is one where a run has no such path. */
export type FactorLevels = ReadonlyMap<string, readonly Level[]>;

/** A value of each factor. */
export type LevelAt = (path: string) => Level;

/**
 * The look of a configuration by its values of some factors: the colour is of the first that all runs have, the stroke
 * of the others.
 * @param by the factors, the one that is looked at first before the others
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

/** The levels that some runs have of each factor. */
export function levelsAmong(
  runs: readonly { readonly params: Readonly<Record<string, ParamValue>> }[],
  by: readonly string[],
): Map<string, Level[]> {
  return new Map(by.map((path) => [path, [...new Set(runs.map(({ params }) => own(params, path)))]]));
}
