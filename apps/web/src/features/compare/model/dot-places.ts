import { swarm } from '#src/charts/dot-layout.ts';
import { dotScale } from './dot-scale.ts';

// The layout of the dot chart: a row for each level, every run as a dot, the mean below the dots.

export const RADIUS = 4;
/** Height of the axis below the rows. */
export const AXIS = 44;
/** Width of the margin for runs without a finite value. */
const EDGE = 56;
/** Height of a heading above a row. */
const HEAD = 32;
/** How far dots are moved up or down. */
const ROOM = 10;

/** What is to be placed of a level. */
interface Placed {
  readonly level: string;
  readonly runs: {
    readonly ids: readonly string[];
    readonly names: readonly string[];
    readonly seeds: readonly (number | null)[];
    readonly values: readonly number[];
  };
  readonly summary: { readonly ci95: readonly [number, number] | null } | null;
  readonly diverged: number;
}

export interface Dot {
  readonly id: string;
  readonly name: string;
  readonly seed: number | null;
  readonly value: number;
  /** The index of its level. */
  readonly level: number;
  readonly x: number;
  readonly y: number;
}

const isWideAt = (width: number): boolean => width >= 640;
const rowHeightAt = (width: number): number => (isWideAt(width) ? 48 : 84);

/** The height of a chart of some levels at a width, with some headings above them. */
export const dotChartHeight = (levels: number, width: number, heads = 0): number =>
  levels * rowHeightAt(width) + heads * HEAD + AXIS;

/** The picture of some levels, in pixels. */
export interface DotFrame {
  /** Whether names are beside the rows instead of above the dots. */
  readonly isWide: boolean;
  /** The width for names, in pixels. */
  readonly nameWidth: number;
  readonly from: number;
  readonly to: number;
  readonly scale: ReturnType<typeof dotScale>;
  readonly height: number;
  /** The x of runs without a finite value. */
  readonly edge: number;
  readonly hasEdge: boolean;
  readonly tops: readonly number[];
  /** The y of a row's dots, and of its mean. */
  readonly dotsAt: (row: number) => number;
  readonly meanAt: (row: number) => number;
}

/** @param heads headings above some of the levels, by key */
export function dotFrame(
  levels: readonly Placed[],
  heads: ReadonlyMap<string, string>,
  width: number,
  logarithmic: boolean,
): DotFrame {
  const isWide = isWideAt(width);
  const left = isWide ? Math.min(260, Math.round(width * 0.28)) : 0;
  const hasEdge = levels.some(({ diverged }) => diverged > 0);
  const [from, to] = [left + RADIUS + 4, width - RADIUS - 12 - (hasEdge ? EDGE : 0)];
  let headed = 0;
  const tops = levels.map(({ level }, row) => {
    if (heads.has(level)) headed += 1;
    return row * rowHeightAt(width) + headed * HEAD;
  });
  const topOf = (row: number): number => tops[row] ?? 0;
  return {
    isWide,
    nameWidth: isWide ? left - 16 : width,
    from,
    to,
    scale: dotScale(levels, logarithmic, from, to),
    height: dotChartHeight(levels.length, width, heads.size),
    edge: to + EDGE / 2 + 4,
    hasEdge,
    tops,
    dotsAt: (row) => topOf(row) + (isWide ? 20 : 52),
    meanAt: (row) => topOf(row) + (isWide ? 38 : 70),
  };
}

/** Places every run as a dot, row by row from left to right. */
export function placeDots(levels: readonly Placed[], { scale, edge, dotsAt }: DotFrame): Dot[] {
  const placed = levels.flatMap(({ runs }, level): Dot[] => {
    const xs = runs.values.map((value) => (Number.isFinite(value) ? scale.at(value) : edge));
    const offsets = swarm(xs, 2 * RADIUS - 1, ROOM);
    return runs.ids.map((id, i) => ({
      id,
      name: runs.names[i] ?? id,
      seed: runs.seeds[i] ?? null,
      value: runs.values[i] as number,
      level,
      x: xs[i] as number,
      y: dotsAt(level) + (offsets[i] as number),
    }));
  });
  return placed.sort((a, b) => a.level - b.level || a.x - b.x);
}

/** The dot to which a key moves the focus; null for keys that do not move it. */
export function dotAfter(key: string, dots: readonly Dot[], at: number): number | null {
  const from = dots[at];
  if (!from) return null;
  if (key === 'ArrowRight') return Math.min(dots.length - 1, at + 1);
  if (key === 'ArrowLeft') return Math.max(0, at - 1);
  if (key === 'Home') return 0;
  if (key === 'End') return dots.length - 1;
  const row = key === 'ArrowDown' ? from.level + 1 : key === 'ArrowUp' ? from.level - 1 : null;
  if (row === null) return null;
  let nearest: number | null = null;
  for (const [i, dot] of dots.entries()) {
    if (dot.level !== row) continue;
    if (nearest === null || Math.abs(dot.x - from.x) < Math.abs((dots[nearest] as Dot).x - from.x)) nearest = i;
  }
  return nearest ?? at;
}
