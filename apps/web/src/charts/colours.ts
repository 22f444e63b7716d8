import { ACTIVATION_IDS, type OptimizerId, own, type ParamValue, valueOrder } from '@whorl/core';

// A factor level keeps its colour on every chart and page. Known levels get theirs by their order. Other levels start from a
// hash of path and value, and take the next colour where another level of the chart has that one.

/** A colour for light and for dark backgrounds. */
export interface Colour {
  readonly light: string;
  readonly dark: string;
}

/** After Okabe and Ito, tuned to at least 3:1 on both grounds. The first four are those of the first activations. */
export const PALETTE: readonly Colour[] = [
  { light: '#c8501a', dark: '#f0854f' }, // vermilion
  { light: '#0b6bb5', dark: '#56b0f2' }, // blue
  { light: '#00805e', dark: '#2fc39a' }, // green
  { light: '#a8457f', dark: '#e291c2' }, // purple
  { light: '#97730a', dark: '#e0b53c' }, // ochre
  { light: '#1a8596', dark: '#69cdde' }, // cyan
  { light: '#6a5acd', dark: '#aaa0ff' }, // violet
  { light: '#5d6670', dark: '#a7b0ba' }, // grey
];

const KNOWN_LEVELS: Readonly<Record<string, readonly string[]>> = {
  'model.activation': ACTIVATION_IDS,
  'optimizer.name': ['sgd', 'adam'] satisfies readonly OptimizerId[],
};

function startOf(path: string, level: ParamValue | undefined): number {
  const known = own(KNOWN_LEVELS, path)?.indexOf(String(level)) ?? -1;
  if (known >= 0) return (known + (path === 'optimizer.name' ? 4 : 0)) % PALETTE.length;
  let hash = 2_166_136_261;
  for (const character of `${path}=${String(level)}`) hash = Math.imul(hash ^ character.charCodeAt(0), 16_777_619);
  return (hash >>> 0) % PALETTE.length;
}

/** The colour of a level that stands alone. */
export const levelColour = (path: string, level: ParamValue | undefined): Colour =>
  PALETTE[startOf(path, level)] as Colour;

/** The colour of each of a factor's levels. */
export function levelColours(
  path: string,
  levels: readonly (ParamValue | undefined)[],
): Map<ParamValue | undefined, Colour> {
  const taken = new Set<number>();
  const sorted = [...new Set(levels)].sort(valueOrder);
  return new Map(
    sorted.map((level) => {
      let at = startOf(path, level);
      for (let tries = 0; taken.has(at) && tries < PALETTE.length; tries++) at = (at + 1) % PALETTE.length;
      taken.add(at);
      return [level, PALETTE[at] as Colour];
    }),
  );
}
