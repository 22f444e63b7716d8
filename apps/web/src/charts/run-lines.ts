import type { Theme } from '#src/ui/use-theme.ts';
import type { LineAxes } from './line-axes.ts';
import { type LineGroup, type RunLine, span } from './line-picture.ts';
import { placesOf } from './line-places.ts';
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
): { raw: DrawnLine[]; smooth: DrawnLine[]; dots: object[] } {
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
  return {
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

/** A run of one point in view is a dot, not a line. */
function lonePoint({ steps, values }: RunLine, { x, y }: LineAxes): (readonly [number, number])[] {
  const [first, end] = span(steps, [x.from, x.to]);
  if (end - first !== 1) return [];
  const [at, value] = [steps[first] as number, values[first] as number];
  return value >= y.from && value <= y.to ? [[at, value]] : [];
}
