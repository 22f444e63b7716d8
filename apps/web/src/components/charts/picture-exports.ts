import { type ChartExports, documentExports } from './chart-exports.ts';
import { fitText } from './fit-text.ts';

/** A picture on a canvas, and what is said above it. */
export interface CaptionedPicture {
  readonly canvas: HTMLCanvasElement;
  readonly caption: string;
}

const SIDE = 400;
const GAP = 24;
const LINE = 24;
const COLUMNS = 3;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Pictures side by side as one document, in the colours of the page. */
function pageOf(pictures: readonly CaptionedPicture[]): string {
  const { backgroundColor, color } = getComputedStyle(document.body);
  const columns = Math.min(COLUMNS, Math.max(1, pictures.length));
  const rows = Math.ceil(pictures.length / columns);
  const [width, height] = [GAP + columns * (SIDE + GAP), GAP + rows * (SIDE + LINE + GAP)];
  const drawn = pictures.map(({ canvas, caption }, i) => {
    const x = GAP + (i % columns) * (SIDE + GAP);
    const y = GAP + Math.floor(i / columns) * (SIDE + LINE + GAP);
    return (
      `<text x="${x}" y="${y + 14}">${escaped(fitText(caption, SIDE))}</text>` +
      `<image x="${x}" y="${y + LINE}" width="${SIDE}" height="${SIDE}" href="${canvas.toDataURL('image/png')}"/>`
    );
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
    `font-family="Inter, system-ui, sans-serif" font-size="13" fill="${color}">` +
    `<rect width="100%" height="100%" fill="${backgroundColor}"/>${drawn.join('')}</svg>`
  );
}

/** The exports of pictures on canvases. */
export const pictureExports = (pictures: () => readonly CaptionedPicture[]): ChartExports =>
  documentExports(() => pageOf(pictures()));
