import type { Theme } from '#src/components/ui/use-theme.ts';
import { type BoundaryAxes, repainted } from './boundary-picture.tsx';
import { type ChartExports, drawingExports } from './chart-exports.ts';
import { fitText } from './fit-text.ts';
import { type Drawing, escaped, SHEET_INK, type Sheet } from './sheet.ts';
import { boundaryTicks, tickText } from './ticks.ts';

/** A picture on a canvas, what is said above it and what is written along its sides. */
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
const ENTRY = 96;

/** Pictures side by side with the legend below them, in the colours of the theme. */
function drawingOf(pictures: readonly CaptionedPicture[], legend: readonly LegendEntry[], { theme }: Sheet): Drawing {
  const columns = Math.min(COLUMNS, Math.max(1, pictures.length));
  const rows = Math.ceil(pictures.length / columns);
  const [across, down] = [AXIS + SIDE + GAP, LINE + SIDE + AXIS + GAP];
  const [width, height] = [columns * across - GAP, rows * down - GAP + (legend.length > 0 ? LINE + GAP / 2 : 0)];
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
  const entries = legend.map(
    ({ name, colour }, i) =>
      `<circle cx="${AXIS + i * ENTRY + 5}" cy="${height - 8}" r="5" fill="${colour}"/>` +
      `<text x="${AXIS + i * ENTRY + 16}" y="${height - 4}">${escaped(fitText(name, ENTRY - 24))}</text>`,
  );
  return { svg: `<g fill="${SHEET_INK[theme].text}">${drawn.join('')}${entries.join('')}</g>`, width, height };
}

/** Numbers and names along the left and the lower side of a picture at a place. */
function axesOf({ extent, x: xName, y: yName }: BoundaryAxes, left: number, top: number): string {
  const bottom = top + SIDE;
  const numbers = boundaryTicks(extent).map(({ value, share }) => {
    const [x, y] = [left + share * SIDE, bottom - share * SIDE];
    return (
      `<text x="${x}" y="${bottom + 18}" text-anchor="middle">${tickText(value)}</text>` +
      `<text x="${left - 8}" y="${y + 4}" text-anchor="end">${tickText(value)}</text>`
    );
  });
  return (
    `${numbers.join('')}<text x="${left + SIDE / 2}" y="${bottom + 38}" text-anchor="middle">${escaped(xName)}</text>` +
    `<text x="${left - AXIS}" y="${top + SIDE / 2 + 4}">${escaped(yName)}</text>`
  );
}

/** The exports of pictures on canvases. @param legend in the colours of a theme */
export const pictureExports = (
  pictures: () => readonly CaptionedPicture[],
  legend: (theme: Theme) => readonly LegendEntry[],
): ChartExports => drawingExports((sheet) => drawingOf(pictures(), legend(sheet.theme), sheet));
