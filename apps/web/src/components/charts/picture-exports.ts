import { repainted } from './boundary-picture.tsx';
import { type ChartExports, drawingExports } from './chart-exports.ts';
import { fitText } from './fit-text.ts';
import { type Drawing, escaped, SHEET_INK, type Sheet } from './sheet.ts';

/** A picture on a canvas, and what is said above it. */
export interface CaptionedPicture {
  readonly canvas: HTMLCanvasElement;
  readonly caption: string;
}

const SIDE = 400;
const GAP = 24;
const LINE = 24;
const COLUMNS = 3;

/** Pictures side by side, in the colours of the theme. */
function drawingOf(pictures: readonly CaptionedPicture[], { theme }: Sheet): Drawing {
  const columns = Math.min(COLUMNS, Math.max(1, pictures.length));
  const rows = Math.ceil(pictures.length / columns);
  const [width, height] = [columns * (SIDE + GAP) - GAP, rows * (SIDE + LINE + GAP) - GAP];
  const drawn = pictures.map(({ canvas, caption }, i) => {
    const x = (i % columns) * (SIDE + GAP);
    const y = Math.floor(i / columns) * (SIDE + LINE + GAP);
    const image = repainted(canvas, theme).toDataURL('image/png');
    return (
      `<text x="${x}" y="${y + 14}" fill="${SHEET_INK[theme].text}">${escaped(fitText(caption, SIDE))}</text>` +
      `<image x="${x}" y="${y + LINE}" width="${SIDE}" height="${SIDE}" href="${image}"/>`
    );
  });
  return { svg: drawn.join(''), width, height };
}

/** The exports of pictures on canvases. */
export const pictureExports = (pictures: () => readonly CaptionedPicture[]): ChartExports =>
  drawingExports((sheet) => drawingOf(pictures(), sheet));
