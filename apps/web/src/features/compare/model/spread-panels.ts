import { totalOf } from '@whorl/core';
import type { HeatPanel } from '#src/charts/heat-panels.tsx';
import type { Look } from '#src/charts/looks.ts';
import { withMinusSign } from '#src/charts/ticks.ts';
import type { Spread } from '#src/contract/comparison.ts';

// The distribution of one layer's activations over the steps, as pictures and as numbers.

type LookAt = Spread['looks'][number];

/** The runs of a picture, and what they recorded of the layer. */
export interface SpreadGroup {
  readonly key: string;
  readonly name: string;
  readonly look: Look | undefined;
  readonly spread: Spread;
}

/** The colour scale: the fourth root, so that bins with few values can be seen beside full ones. */
export const spreadShare = (part: number): number => part ** 0.25;

/** The ends are powers of two, not measured values. Shortened, so that they do not run into the axis's name. */
const endOf = (value: number): number => (Math.abs(value) >= 1 ? value : Number(value.toPrecision(2)));

/**
 * A heat map with a column for each step and a row for each bin, the greatest values on top.
 * @param tell the tooltip of a bin: its step, its lower and upper end, and its share of all values
 */
export function spreadPanel(
  { key, look, spread: { looks } }: SpreadGroup,
  title: string,
  tell: (at: Pick<LookAt, 'step' | 'runs'>, from: number, to: number, part: number) => string[],
): HeatPanel {
  const [low, high] = looks[0]?.histogram.range ?? [0, 1];
  const bins = looks[0]?.histogram.counts.length ?? 1;
  const size = (high - low) / bins;
  const totals = looks.map(({ histogram }) => totalOf(histogram));
  const part = (row: number, column: number) =>
    (looks[column]?.histogram.counts[bins - 1 - row] ?? 0) / Math.max(1, totals[column] ?? 1);
  const middle = Math.floor(looks.length / 2);
  const ends = [high, (high + low) / 2, low];
  return {
    key,
    title,
    look,
    rows: bins,
    columns: looks.length,
    share: (row, column) => {
      const value = part(row, column);
      return value > 0 ? spreadShare(value) : null;
    },
    tell: (row, column) =>
      tell(
        looks[column] ?? { step: 0, runs: 0 },
        low + (bins - 1 - row) * size,
        low + (bins - row) * size,
        part(row, column),
      ),
    xTicks: [0, middle, looks.length - 1]
      .filter((column, i, all) => all.indexOf(column) === i)
      .map((column, i, all) => ({
        at: i === 0 ? 0 : i === all.length - 1 ? looks.length : column + 0.5,
        text: String(looks[column]?.step ?? 0),
      })),
    yTicks: ends.map((value) => ({
      at: Math.min(bins - 2, Math.max(3, ((high - value) / (high - low)) * bins)),
      text: withMinusSign(endOf(value)),
    })),
  };
}

/** How many values were outside of the picture, or not numbers. */
export const beyondOf = (groups: readonly SpreadGroup[]): number =>
  groups
    .flatMap(({ spread }) => spread.looks)
    .reduce((sum, { histogram: { below, above, nan } }) => sum + below + above + nan, 0);

/** For each step the shares of values below zero, near zero, above zero, and not numbers. */
export const sharesAroundZero = (groups: readonly SpreadGroup[]) =>
  groups.flatMap(({ name, spread }) =>
    spread.looks.map(({ step, histogram }) => [name, step, ...aroundZero(histogram)]),
  );

/** Every bin of every step: from, to, number of values, number of runs. */
export const allBins = (groups: readonly SpreadGroup[]) =>
  groups.flatMap(({ name, spread }) =>
    spread.looks.flatMap(({ step, runs, histogram: { range, counts } }) =>
      counts.map((count, bin) => {
        const size = (range[1] - range[0]) / counts.length;
        return [name, step, range[0] + bin * size, range[0] + (bin + 1) * size, count, runs];
      }),
    ),
  );

function aroundZero(histogram: LookAt['histogram']): number[] {
  const { range, counts, below, above, nan } = histogram;
  const size = (range[1] - range[0]) / counts.length;
  const total = Math.max(1, totalOf(histogram));
  let [negative, near, positive] = [below, 0, above];
  for (const [bin, count] of counts.entries()) {
    const from = range[0] + bin * size;
    if (from + size < 0) negative += count;
    else if (from > 0) positive += count;
    else near += count;
  }
  return [negative / total, near / total, positive / total, nan / total];
}
