import { type LineLook, lookAt, markAt } from './marks.ts';
import { type FigureAxis, figureAxis } from './scale.ts';
import { advanceOf, FIGURE_MARGIN, FIGURE_WIDTH, type FigurePart, INK_COLOURS, px, textAt } from './sheet.ts';

/** A line of a chart. NaN breaks it. */
export interface FigureLine {
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** The ends of the interval at each point; NaN where there is none. */
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  /** Places on the x-axis where runs diverged. */
  readonly diverged?: readonly number[];
}

/** Charts side by side on one scale of values. */
export interface LinePanels {
  readonly panels: readonly { readonly title: string | null; readonly lines: readonly FigureLine[] }[];
  /** With `marked`, ticks are at the places of the points. */
  readonly x: { readonly name: string; readonly logarithmic: boolean; readonly marked?: boolean };
  readonly y: {
    readonly name: string;
    readonly logarithmic: boolean;
    readonly bounds?: readonly [number, number] | undefined;
  };
  /** What a cross at the upper edge means. */
  readonly divergedWord: string;
}

const INNER = FIGURE_WIDTH - 2 * FIGURE_MARGIN;
const [LEFT, GAP, PLOT_HEIGHT, BOTTOM] = [62, 18, 260, 46];
/** Up to this many points each have a mark and an interval; more are drawn as a line with a band. */
const FEW = 40;

/** Lines with their intervals, under a legend. */
export function drawLines({ panels, x, y, divergedWord }: LinePanels): FigurePart {
  const names = [...new Set(panels.flatMap(({ lines }) => lines.map(({ name }) => name)))];
  const looks = new Map(names.map((name, i) => [name, lookAt(i)]));
  const isCrossed = panels.some(({ lines }) => lines.some(({ diverged = [] }) => diverged.length > 0));
  const legend = drawLegend(
    names.map((name) => ({ name, look: looks.get(name) as LineLook })),
    isCrossed ? divergedWord : null,
  );
  const titled = panels.some(({ title }) => title !== null);
  const top = legend.height + (titled ? 22 : 4);
  const width = (INNER - LEFT - GAP * (panels.length - 1)) / panels.length;
  const all = panels.flatMap(({ lines }) => lines);
  const values = all.flatMap((line) => seenValues(line, y.logarithmic));
  const scale = figureAxis({
    values,
    logarithmic: y.logarithmic,
    from: top + PLOT_HEIGHT,
    to: top + 10,
    most: 6,
    bounds: y.bounds,
  });
  const parts = [legend.svg];
  for (const [i, { title, lines }] of panels.entries()) {
    const left = LEFT + i * (width + GAP);
    const places = lines.flatMap(({ x: of, diverged = [] }) => [...Array.from(of), ...diverged]);
    const xScale = figureAxis({
      values: places,
      marked: x.marked ? [...new Set(places)].sort((a, b) => a - b) : undefined,
      logarithmic: x.logarithmic,
      from: left + 6,
      to: left + width - 6,
      most: Math.max(3, Math.floor(width / 80)),
    });
    parts.push(
      frame(left, top, width, scale, xScale, i === 0),
      ...(title === null
        ? []
        : [textAt(left + width / 2, top - 6, title, { anchor: 'middle', colour: INK_COLOURS.ink })]),
      ...lines.map((line, at) => lineSvg(line, looks.get(line.name) as LineLook, { x: xScale, y: scale, at, top })),
      textAt(left + width / 2, top + PLOT_HEIGHT + 40, x.name, { anchor: 'middle' }),
    );
  }
  parts.push(textAt(13, top + PLOT_HEIGHT / 2, y.name, { anchor: 'middle', turned: -90 }));
  return { svg: parts.join(''), width: INNER, height: top + PLOT_HEIGHT + BOTTOM };
}

/**
 * The values that a scale must hold. On a logarithmic scale a lower end near 0 would take all of it: such an end is cut
 * off at the edge.
 */
function seenValues({ y, low, high }: FigureLine, logarithmic: boolean): number[] {
  const least = Math.min(...Array.from(y).filter((value) => value > 0)) / 2;
  return [...Array.from(y), ...Array.from(high), ...Array.from(low).filter((value) => !logarithmic || value >= least)];
}

function frame(left: number, top: number, width: number, y: FigureAxis, x: FigureAxis, isFirst: boolean): string {
  const bottom = top + PLOT_HEIGHT;
  return [
    ...y.ticks.map(({ at }) => `<path d="M${px(left)} ${px(at)}h${px(width)}" stroke="${INK_COLOURS.grid}"/>`),
    ...(isFirst ? y.ticks.map(({ at, text }) => textAt(left - 8, at + 4.5, text, { anchor: 'end' })) : []),
    `<path d="M${px(left)} ${px(bottom)}h${px(width)}" stroke="${INK_COLOURS.axis}"/>`,
    ...x.ticks.map(
      ({ at, text }) =>
        `<path d="M${px(at)} ${px(bottom)}v5" stroke="${INK_COLOURS.axis}"/>${textAt(at, bottom + 20, text, { anchor: 'middle' })}`,
    ),
  ].join('');
}

interface Place {
  readonly x: FigureAxis;
  readonly y: FigureAxis;
  /** The place of the line in its panel: marks of one line lie between those of another. */
  readonly at: number;
  readonly top: number;
}

function lineSvg(
  { x, y, low, high, diverged = [] }: FigureLine,
  { colour, dash, mark }: LineLook,
  place: Place,
): string {
  const xs = Array.from(x, (value) => place.x.at(value));
  const isSeen = (i: number) => Number.isFinite(y[i]) && !(place.y.logarithmic && (y[i] as number) <= 0);
  const yAt = (column: ArrayLike<number>, i: number) => place.y.at(column[i] as number);
  const segments: string[] = [];
  let pen = 'M';
  for (let i = 0; i < xs.length; i++) {
    if (isSeen(i)) segments.push(`${pen}${px(xs[i] as number)} ${px(yAt(y, i))}`);
    pen = isSeen(i) ? 'L' : 'M';
  }
  const shown = xs.map((_, i) => i).filter(isSeen);
  const isFew = xs.length <= FEW;
  const spread = shown.filter((i) => Number.isFinite(low[i]) && Number.isFinite(high[i]));
  const interval = isFew
    ? spread.map((i) => errorBar(xs[i] as number, yAt(low, i), yAt(high, i), colour)).join('')
    : band(
        spread,
        xs,
        (i) => yAt(low, i),
        (i) => yAt(high, i),
        colour,
      );
  const every = Math.max(1, Math.floor(shown.length / 6));
  const marked = isFew ? shown : shown.filter((_, i) => i % every === Math.floor(((place.at + 1) * every) / 7));
  return [
    interval,
    `<path d="${segments.join('')}" fill="none" stroke="${colour}" stroke-width="1.9" stroke-linejoin="round"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}/>`,
    ...marked.map((i) => markAt(mark, xs[i] as number, yAt(y, i), colour)),
    ...diverged.map((value) => divergedMark(place.x.at(value) + 9 * place.at - 4, place.top + 10, colour)),
  ].join('');
}

const errorBar = (x: number, low: number, high: number, colour: string): string =>
  `<path d="M${px(x)} ${px(low)}V${px(high)}m-4 0h8M${px(x - 4)} ${px(low)}h8" stroke="${colour}" stroke-width="1.3" fill="none"/>`;

function band(
  shown: readonly number[],
  xs: readonly number[],
  low: (i: number) => number,
  high: (i: number) => number,
  colour: string,
): string {
  if (shown.length < 2) return '';
  const point = (i: number, of: (i: number) => number) => `${px(xs[i] as number)} ${px(of(i))}`;
  const upper = shown.map((i) => point(i, high));
  const lower = [...shown].reverse().map((i) => point(i, low));
  return `<path d="M${[...upper, ...lower].join('L')}z" fill="${colour}" fill-opacity="0.16"/>`;
}

const divergedMark = (x: number, y: number, colour: string): string =>
  `<path d="M${px(x - 4)} ${px(y - 4)}l8 8m0 -8l-8 8" stroke="${colour}" stroke-width="2"/>`;

interface LegendEntry {
  readonly name: string;
  readonly look: LineLook;
}

/** Names with samples of their lines, in as many rows as needed. */
function drawLegend(entries: readonly LegendEntry[], crossed: string | null): { svg: string; height: number } {
  if (entries.length < 2 && crossed === null) return { svg: '', height: 4 };
  const parts: string[] = [];
  let [left, row] = [0, 0];
  const place = (width: number): void => {
    if (left > 0 && left + width > INNER) [left, row] = [0, row + 1];
  };
  for (const { name, look } of entries) {
    const width = 46 + advanceOf(name) + 18;
    place(width);
    const y = row * 22 + 10;
    const dash = look.dash === '' ? '' : ` stroke-dasharray="${look.dash}"`;
    parts.push(
      `<path d="M${px(left)} ${y}h36" stroke="${look.colour}" stroke-width="1.9"${dash}/>`,
      markAt(look.mark, left + 18, y, look.colour),
      textAt(left + 44, y + 4.5, name, { colour: INK_COLOURS.ink }),
    );
    left += width;
  }
  if (crossed !== null) {
    place(20 + advanceOf(crossed));
    const y = row * 22 + 10;
    parts.push(
      divergedMark(left + 6, y, INK_COLOURS.ink),
      textAt(left + 18, y + 4.5, crossed, { colour: INK_COLOURS.ink }),
    );
  }
  return { svg: parts.join(''), height: (row + 1) * 22 + 8 };
}
