import { brokenText, FIGURE_MARGIN, FIGURE_WIDTH, type FigurePart, INK_COLOURS, px, textAt } from './sheet.ts';

/** A decision boundary: the probabilities of a classifier over the plane, and its training points. */
export interface BoundaryPanel {
  readonly title: string;
  readonly note: string;
  /** Points on each side: [grid, grid, classes] probabilities times 255; row 0 is y = extent. */
  readonly grid: number;
  readonly classes: number;
  readonly extent: number;
  readonly probabilities: Uint8Array;
  /** x0, y0, x1, y1...; empty where they are not recorded. */
  readonly positions: Float32Array;
  readonly labels: Uint8Array;
}

const INNER = FIGURE_WIDTH - 2 * FIGURE_MARGIN;
const [GAP, MOST_COLUMNS] = [18, 4];
/** More points would hide the areas behind them. */
const MOST_POINTS = 240;

/** Fills that differ in lightness as well as in hue, and the ink of the points on them. */
const CLASS_LOOKS = [
  { sure: '#cfe0f6', unsure: '#ebf2fb', ink: '#0b4a8f' },
  { sure: '#f2b27c', unsure: '#fae0cb', ink: '#8a3f02' },
  { sure: '#67b394', unsure: '#c2e0d4', ink: '#033b2b' },
  { sure: '#e3c4da', unsure: '#f4e7f0', ink: '#702a5b' },
  { sure: '#c9bb5e', unsure: '#e9e4bf', ink: '#4d4204' },
] as const;
const classLook = (index: number) => CLASS_LOOKS[index % CLASS_LOOKS.length] as (typeof CLASS_LOOKS)[number];
/** A probability, of 255, from which an area counts as certain. */
const SURE = 204;

/** Boundaries side by side, each under its name. */
export function drawBoundaries(panels: readonly BoundaryPanel[]): FigurePart {
  const columns = Math.min(MOST_COLUMNS, panels.length <= 3 ? panels.length : panels.length % 3 === 0 ? 3 : 4);
  const size = Math.min(240, (INNER - GAP * (columns - 1)) / columns);
  const rows = Math.ceil(panels.length / columns);
  const heads = panels.map(({ title }) => brokenText(title, size));
  const head = 18 * Math.max(...heads.map(({ length }) => length)) + 4;
  const high = head + size + 24;
  const parts = panels.map((panel, i) => {
    const [x, y] = [(i % columns) * (size + GAP), Math.floor(i / columns) * (high + 8)];
    const lines = (heads[i] ?? []).map((line, at) =>
      textAt(0, 14 + 18 * at, line, { colour: INK_COLOURS.ink, bold: true }),
    );
    return (
      `<g transform="translate(${px(x)} ${px(y)})">${lines.join('')}${textAt(0, head + size + 17, panel.note)}` +
      `<g transform="translate(0 ${head})">${panelSvg(panel, size)}</g></g>`
    );
  });
  return { svg: parts.join(''), width: INNER, height: rows * (high + 8) };
}

function panelSvg(panel: BoundaryPanel, size: number): string {
  return (
    `<g shape-rendering="crispEdges">${areas(panel, size)}</g>${points(panel, size)}` +
    `<rect width="${px(size)}" height="${px(size)}" fill="none" stroke="${INK_COLOURS.axis}"/>`
  );
}

/**
 * The areas of each class and certainty, as one path each: neighbouring cells of a row are merged into one rectangle.
 */
function areas({ grid, classes, probabilities }: BoundaryPanel, size: number): string {
  const cell = size / grid;
  const paths = new Map<string, string[]>();
  const fillAt = (at: number): string => {
    let best = 0;
    for (let c = 1; c < classes; c++)
      if ((probabilities[at * classes + c] ?? 0) > (probabilities[at * classes + best] ?? 0)) best = c;
    const look = classLook(best);
    return (probabilities[at * classes + best] ?? 0) >= SURE ? look.sure : look.unsure;
  };
  for (let row = 0; row < grid; row++) {
    for (let from = 0; from < grid; ) {
      const fill = fillAt(row * grid + from);
      let to = from + 1;
      while (to < grid && fillAt(row * grid + to) === fill) to += 1;
      const list = paths.get(fill) ?? [];
      list.push(`M${px(from * cell)} ${px(row * cell)}H${px(to * cell)}V${px((row + 1) * cell)}H${px(from * cell)}z`);
      paths.set(fill, list);
      from = to;
    }
  }
  return [...paths].map(([fill, list]) => `<path d="${list.join('')}" fill="${fill}"/>`).join('');
}

/** The points, thinned evenly over the data where they are many; each class has its own shape. */
function points({ positions, labels, extent }: BoundaryPanel, size: number): string {
  const every = Math.max(1, Math.ceil(labels.length / MOST_POINTS));
  const marks: string[] = [];
  for (let i = 0; i < labels.length; i += every) {
    const label = labels[i] as number;
    const x = (((positions[2 * i] as number) / extent + 1) / 2) * size;
    const y = ((1 - (positions[2 * i + 1] as number) / extent) / 2) * size;
    marks.push(shapeAt(label, x, y));
  }
  return marks.join('');
}

function shapeAt(label: number, x: number, y: number): string {
  const { ink } = classLook(label);
  const style = `fill="${ink}" stroke="#ffffff" stroke-width="0.5"`;
  switch (label % 3) {
    case 0:
      return `<circle cx="${px(x)}" cy="${px(y)}" r="1.9" ${style}/>`;
    case 1:
      return `<path d="M${px(x - 1.8)} ${px(y - 1.8)}h3.6v3.6h-3.6z" ${style}/>`;
    default:
      return `<path d="M${px(x)} ${px(y - 2.5)}l2.4 4.2h-4.8z" ${style}/>`;
  }
}
