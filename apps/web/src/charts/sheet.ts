import type { Theme } from '#src/ui/use-theme.ts';
import { FONT } from './chart-ink.ts';
import { textWidth as widthOfSmall } from './fit-text.ts';

// What a chart's file has around the picture: a margin, the title and the font.

/** What is asked of a file. */
export interface Sheet {
  readonly title: string;
  /** Light, as for paper, unless the reader chose otherwise. It is independent of the page's theme. */
  readonly theme: Theme;
}

/** The colours of a sheet. */
export const SHEET_INK: Readonly<
  Record<Theme, { readonly ground: string; readonly title: string; readonly text: string }>
> = {
  light: { ground: '#ffffff', title: '#1b1d20', text: '#5c6269' },
  dark: { ground: '#131517', title: '#eceef0', text: '#a0a7ae' },
};

export const SHEET_MARGIN = 24;
const TITLE_LINE = 22;
const BELOW_TITLE = 12;

/** A text for XML. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Breaks a text into lines of at most this many pixels. A word that is longer than a line is broken, too. */
export function wrappedText(text: string, pixels: number, scale = 1): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  // Chinese can be broken between any two characters, other scripts at spaces.
  for (const part of text.match(/[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef]+\s*|\s+/g) ?? []) {
    for (const piece of piecesOf(part, pixels, scale)) {
      const width = textWidth(piece, scale);
      if (line !== '' && used + textWidth(piece.trimEnd(), scale) > pixels) {
        lines.push(line.trimEnd());
        [line, used] = ['', 0];
      }
      line += piece;
      used += width;
    }
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
}

const textWidth = (text: string, scale: number): number => scale * widthOfSmall(text);

function piecesOf(part: string, pixels: number, scale: number): string[] {
  if (textWidth(part, scale) <= pixels) return [part];
  const most = Math.max(1, Math.floor(pixels / (scale * 13)));
  return part.match(new RegExp(`.{1,${most}}`, 'gsu')) ?? [part];
}

/** An SVG fragment and its size. */
export interface Drawing {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/**
 * Puts a drawing below its title, with a margin, into an SVG document of its own.
 * @param css the rules that embed the font
 */
export function sheetOf({ title, theme }: Sheet, { svg, width, height }: Drawing, css: string): string {
  const ink = SHEET_INK[theme];
  const lines = wrappedText(title, width, 15 / 13);
  const top = SHEET_MARGIN + lines.length * TITLE_LINE + BELOW_TITLE;
  const [wide, high] = [Math.ceil(width + 2 * SHEET_MARGIN), Math.ceil(top + height + SHEET_MARGIN)];
  const heading = lines.map(
    (line, i) => `<text x="${SHEET_MARGIN}" y="${SHEET_MARGIN + 15 + i * TITLE_LINE}">${escaped(line)}</text>`,
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}" viewBox="0 0 ${wide} ${high}" ` +
    `font-family="${FONT}" font-size="12"><title>${escaped(title)}</title><style>${css}</style>` +
    `<rect width="${wide}" height="${high}" fill="${ink.ground}"/>` +
    `<g font-size="15" font-weight="600" fill="${ink.title}">${heading.join('')}</g>` +
    `<g transform="translate(${SHEET_MARGIN} ${top})">${svg}</g></svg>`
  );
}
