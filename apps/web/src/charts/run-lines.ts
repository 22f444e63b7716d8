import type { Theme } from '#src/ui/use-theme.ts';
import type { LineAxes } from './line-axes.ts';
import { type LineGroup, type RunLine, span } from './line-picture.ts';
import { placesOf } from './line-places.ts';
import { placeOn } from './line-scale.ts';
import { type DrawnLine, dotSeries } from './line-series.ts';
import { dashOf } from './looks.ts';

const FEW_RUNS = 12;
const FEW_LABELS = 3;
/** A line of more points than this looks like an area, so it is drawn thinner. */
const DENSE = 1000;

export function runSeries(
  { look }: LineGroup,
  runs: readonly RunLine[],
  { total, withMean }: { total: number; withMean: boolean },
  axes: LineAxes,
  theme: Theme,
): { left: DrawnLine[]; raw: DrawnLine[]; smooth: DrawnLine[]; dots: object[] } {
  const smoothed = runs.some(({ smooth }) => smooth.length > 0);
  const few = total <= FEW_RUNS && !withMean;
  const opacity = few ? 1 : total > 60 ? 0.2 : total > 20 ? 0.3 : 0.42;
  const dense = runs.some(({ steps }) => steps.length > DENSE);
  const draw = (values: (run: RunLine) => ArrayLike<number>, lineWidth: number, alpha: number) => {
    const lineDash = few ? dashOf(look.stroke) : null;
    const style = { stroke: look.colour[theme], lineWidth, opacity: alpha, lineDash, lineCap: 'round' };
    return runs.map((run): DrawnLine => ({ places: placesOf(run.steps, values(run), axes), style }));
  };
  const width = few && !smoothed ? (dense ? 1.25 : 1.75) : 1;
  const { left, restarts } = pastOf(runs, axes);
  const faint = { stroke: look.colour[theme], lineWidth: 1, lineCap: 'round' };
  return {
    left: [
      ...left.map((places) => ({ places, style: { ...faint, opacity: 0.45 * opacity, lineDash: null } })),
      ...restarts.map((places) => ({ places, style: { ...faint, opacity: 0.8 * opacity, lineDash: [3, 3] } })),
    ],
    raw: draw(({ values }) => values, width, smoothed ? opacity * 0.35 : opacity),
    smooth: smoothed ? draw(({ smooth }) => smooth, few ? 1.75 : 1, few ? 1 : Math.min(1, opacity * 1.6)) : [],
    dots: dotSeries(
      runs.flatMap((run) => lonePoint(run, axes)),
      few ? 8 : 5,
      look.colour[theme],
      3,
      total <= FEW_LABELS,
    ),
  };
}

/** What runs had recorded before they went back, and an upright line at each place where they went back to. */
function pastOf(runs: readonly RunLine[], axes: LineAxes): { left: Float64Array[]; restarts: Float64Array[] } {
  const left = runs.flatMap((run) => (run.left ?? []).map(({ steps, values }) => placesOf(steps, values, axes)));
  const places = runs.flatMap(({ restarts }) => Array.from(restarts ?? [])).map((x) => placeOn(axes.x, x));
  const restarts = places.filter((x) => x >= 0 && x <= 1).map((x) => Float64Array.of(x, 0, x, 1));
  return { left: left.filter(({ length }) => length > 2), restarts };
}

/** A run of one point in view is a dot, not a line. */
function lonePoint({ steps, values }: RunLine, { x, y }: LineAxes): (readonly [number, number])[] {
  const [first, end] = span(steps, [x.from, x.to]);
  if (end - first !== 1) return [];
  const [at, value] = [steps[first] as number, values[first] as number];
  return value >= y.from && value <= y.to ? [[at, value]] : [];
}
