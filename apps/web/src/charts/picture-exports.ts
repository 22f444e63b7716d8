import type { Theme } from '#src/ui/use-theme.ts';
import { type BoundaryAxes, isShort, repainted } from './boundary-picture.tsx';
import { type ChartExports, drawingExports } from './chart-exports.ts';
import { fitText, textWidth } from './fit-text.ts';
import { type Drawing, escaped, SHEET_INK, type Sheet } from './sheet.ts';
import { boundaryTicks, withMinusSign } from './ticks.ts';

/** A picture on a canvas, with the caption above it and the axes along its sides. */
export interface CaptionedPicture {
  readonly canvas: HTMLCanvasElement;
  readonly caption: string;
  readonly axes: BoundaryAxes;
}

/** A name and its colour, below the pictures. */
export interface LegendEntry {
  readonly name: string;
  readonly colour: string;
}

const SIDE = 400;
const GAP = 24;
const LINE = 24;
const COLUMNS = 3;
/** Room for the numbers and names of the axes, left of a picture and below it. */
const AXIS = 48;
/** Names in the legend are cut to this width. */
const MOST_NAME = 160;
/** Widths of an entry's dot, and of the gap to the next entry. */
const [DOT, APART] = [16, 20];

/** Pictures side by side with the legend below them, in the colours of the theme. */
function drawingOf(pictures: readonly CaptionedPicture[], legend: readonly LegendEntry[], { theme }: Sheet): Drawing {
  const columns = Math.min(COLUMNS, Math.max(1, pictures.length));
  const rows = Math.ceil(pictures.length / columns);
  const [across, down] = [AXIS + SIDE + GAP, LINE + SIDE + AXIS + GAP];
  const width = columns * across - GAP;
  const placed = placeLegend(legend, width);
  const below = rows * down - GAP / 2 + LINE;
  const height = legend.length > 0 ? below + (placed.at(-1)?.line ?? 0) * LINE : rows * down - GAP;
  const drawn = pictures.map(({ canvas, caption, axes }, i) => {
    const x = AXIS + (i % columns) * across;
    const y = Math.floor(i / columns) * down;
    const image = repainted(canvas, theme).toDataURL('image/png');
    return (
      `<text x="${x}" y="${y + 14}">${escaped(fitText(caption, SIDE))}</text>` +
      `<image x="${x}" y="${y + LINE}" width="${SIDE}" height="${SIDE}" href="${image}"/>` +
      axesOf(axes, x, y + LINE)
    );
  });
  const entries = placed.map(
    ({ name, colour, x, line }) =>
      `<circle cx="${x + 5}" cy="${below + line * LINE - 8}" r="5" fill="${colour}"/>` +
      `<text x="${x + DOT}" y="${below + line * LINE - 4}">${escaped(name)}</text>`,
  );
  return { svg: `<g fill="${SHEET_INK[theme].text}">${drawn.join('')}${entries.join('')}</g>`, width, height };
}

/** Arranges the legend: each entry as wide as its name, on as many lines as needed. */
export function placeLegend(
  legend: readonly LegendEntry[],
  width: number,
): (LegendEntry & { readonly x: number; readonly line: number })[] {
  let [x, line] = [AXIS, 0];
  return legend.map(({ name: whole, colour }) => {
    const name = fitText(whole, MOST_NAME);
    const wide = DOT + textWidth(name);
    if (x > AXIS && x + wide > width) [x, line] = [AXIS, line + 1];
    const place = { name, colour, x, line };
    x += wide + APART;
    return place;
  });
}

/** Numbers and names along the left and the lower side of a picture at a place. */
function axesOf({ extent, x: xName, y: yName }: BoundaryAxes, left: number, top: number): string {
  const bottom = top + SIDE;
  const numbers = boundaryTicks(extent).map(({ value, share }) => {
    const [x, y] = [left + share * SIDE, bottom - share * SIDE];
    return (
      `<text x="${x}" y="${bottom + 18}" text-anchor="middle">${withMinusSign(value)}</text>` +
      `<text x="${left - 8}" y="${y + 4}" text-anchor="end">${withMinusSign(value)}</text>`
    );
  });
  return (
    `${numbers.join('')}<text x="${left + SIDE / 2}" y="${bottom + 38}" text-anchor="middle">${escaped(fitText(xName, SIDE))}</text>` +
    (isShort(yName)
      ? `<text x="${left - AXIS}" y="${top + SIDE / 2 + 4}">${escaped(yName)}</text>`
      : `<text transform="translate(${left - AXIS + 12} ${top + SIDE / 2}) rotate(-90)" text-anchor="middle">${escaped(fitText(yName, SIDE))}</text>`)
  );
}

/** The exports of pictures on canvases. @param legend in the colours of a theme */
export const pictureExports = (
  pictures: () => readonly CaptionedPicture[],
  legend: (theme: Theme) => readonly LegendEntry[],
): ChartExports => drawingExports((sheet) => drawingOf(pictures(), legend(sheet.theme), sheet));
