import type { Theme } from '#src/ui/use-theme.ts';
import type { LineAxes } from './line-axes.ts';
import { type LineGroup, type LinePicture, span } from './line-picture.ts';
import { farApart } from './line-places.ts';

const CROSS = 'path://M0,0L10,10M10,0L0,10';

/**
 * Marks values that cannot be drawn, at the edge of the picture: above for +Infinity, below for -Infinity, a cross for NaN.
 */
export function markSeries({ groups, runs }: LinePicture, { x, y }: LineAxes, theme: Theme): object[] {
  const places = new Map<string, { look: LineGroup['look']; kind: 'nan' | 'up' | 'down'; xs: Set<number> }>();
  const mark = (group: number, at: number, kind: 'nan' | 'up' | 'down') => {
    const found = groups[group];
    if (!found || found.hidden || at < x.from || at > x.to) return;
    const place = places.get(`${group} ${kind}`) ?? { look: found.look, kind, xs: new Set() };
    place.xs.add(at);
    places.set(`${group} ${kind}`, place);
  };
  for (const { group, steps, values } of runs) {
    const [first, end] = span(steps, [x.from, x.to]);
    for (let i = first; i < end; i++) {
      const value = values[i] as number;
      if (Number.isFinite(value)) continue;
      mark(group, steps[i] as number, Number.isNaN(value) ? 'nan' : value > 0 ? 'up' : 'down');
    }
  }
  for (const [at, { mean }] of groups.entries()) {
    if (!mean || runs.length > 0) continue;
    for (let i = 0; i < mean.xs.length; i++)
      if ((mean.nonFinite[i] as number) > 0) mark(at, mean.xs[i] as number, 'nan');
  }
  return [...places.values()].map(({ look, kind, xs }) => ({
    type: 'scatter',
    z: 6,
    silent: true,
    animation: false,
    clip: false,
    symbol: kind === 'nan' ? CROSS : 'triangle',
    symbolRotate: kind === 'down' ? 180 : 0,
    symbolSize: kind === 'nan' ? 6 : 7,
    symbolOffset: [0, kind === 'up' ? -5 : 5],
    itemStyle:
      kind === 'nan'
        ? { color: 'transparent', borderColor: look.colour[theme], borderWidth: 1.5 }
        : { color: look.colour[theme] },
    data: farApart([...xs], x).map((at) => [at, kind === 'up' ? y.to : y.from]),
  }));
}
