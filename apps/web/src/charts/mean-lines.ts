import type { Theme } from '#src/ui/use-theme.ts';
import type { LineAxes } from './line-axes.ts';
import { type LineGroup, type MeanLine, span } from './line-picture.ts';
import { bandOutline, farApart, placesBetween } from './line-places.ts';
import { placeOn } from './line-scale.ts';
import { type DrawnLine, dotSeries, ringSeries } from './line-series.ts';
import { type Stretch, stretchesOf } from './line-stretches.ts';
import { dashOf } from './looks.ts';

/** A mean of fewer runs than the group has is drawn thinner and dashed. */
const PARTIAL = { lineWidth: 1.25, opacity: 0.8, lineDash: [3, 3] } as const;

/** The mean as a line for each stretch over the same runs, with a ring where the next stretch begins. */
export function meanSeries(
  { look }: LineGroup,
  mean: MeanLine,
  axes: LineAxes,
  theme: Theme,
): { lines: DrawnLine[]; dots: object[] } {
  const color = look.colour[theme];
  const view = [axes.x.from, axes.x.to] as const;
  const stretches = stretchesOf(mean, view);
  const line = (
    values: ArrayLike<number>,
    { from, past, isWhole }: Stretch,
    lineWidth: number,
    opacity: number,
  ): DrawnLine => ({
    places: placesBetween(mean.xs, values, from, past, axes),
    style: {
      stroke: color,
      ...(isWhole
        ? { lineWidth, opacity, lineDash: dashOf(look.stroke) }
        : { ...PARTIAL, opacity: PARTIAL.opacity * opacity }),
    },
  });
  const smoothed = mean.smooth.length > 0;
  const drawn = smoothed ? mean.smooth : mean.mean;
  const pointAt = (i: number): (readonly [number, number])[] => {
    const [x, y] = [mean.xs[i] as number, drawn[i] as number];
    return Number.isFinite(y) && x >= view[0] && x <= view[1] && placeOn(axes.y, y) <= 1 ? [[x, y]] : [];
  };
  const lone = stretches.filter(({ from, past }) => past - from === 1).flatMap(({ from }) => pointAt(from));
  const begins = stretches.slice(1).flatMap(({ from }) => pointAt(from));
  const ringsAt = new Set(
    farApart(
      begins.map(([x]) => x),
      axes.x,
    ),
  );
  return {
    lines: stretches.flatMap((stretch) =>
      smoothed
        ? [line(mean.mean, stretch, 1, 0.45), line(mean.smooth, stretch, 2.25, 1)]
        : [line(mean.mean, stretch, 2.25, 1)],
    ),
    dots: [
      ...dotSeries(lone, stretches.length === 1 ? 8 : 4, color, 5),
      ...ringSeries(
        begins.filter(([x]) => ringsAt.has(x)),
        color,
      ),
    ],
  };
}

/** The interval as filled areas: one for each stretch over the same runs without a gap. */
export function intervalBands({ look }: LineGroup, mean: MeanLine, axes: LineAxes, theme: Theme): DrawnLine[] {
  const { xs, low, high, set } = mean;
  const { x } = axes;
  const [first, end] = span(xs, [x.from, x.to]);
  const [from, to] = [Math.max(0, first - 1), Math.min(xs.length, end + 1)];
  const isDrawable = (i: number) =>
    Number.isFinite(low[i]) && Number.isFinite(high[i]) && (!x.logarithmic || (xs[i] as number) > 0);
  const style = { fill: look.colour[theme], opacity: theme === 'light' ? 0.14 : 0.2 };
  const areas: DrawnLine[] = [];
  for (let start = from; start < to; start++) {
    if (!isDrawable(start)) continue;
    let past = start + 1;
    while (past < to && isDrawable(past) && set[past] === set[start]) past += 1;
    areas.push({ places: bandOutline(mean, start, past, axes), style });
    start = past - 1;
  }
  return areas;
}
