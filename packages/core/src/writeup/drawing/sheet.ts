import { withoutPaths } from '../../text/without-paths.ts';
import type { Figure } from './figure.ts';

// What all figures of a report share: paper, title, type and ink. Drawn for print and for people who cannot tell
// colours apart.

export const INK_COLOURS = { ground: '#ffffff', ink: '#1b1d20', muted: '#565c63', grid: '#e2e4e7', axis: '#8a9097' };

/** Latin type first, then the Chinese type that systems have. */
const TYPE = `Inter, 'Helvetica Neue', Arial, 'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif`;

/** In CSS pixels: as wide as a blog's column, and a page of A4 within its margins. */
export const FIGURE_WIDTH = 720;
export const FIGURE_MARGIN = 20;
export const TEXT_SIZE = 13;
const TITLE_SIZE = 16;
const TITLE_LINE = 23;

/** A text escaped for XML. */
export const inXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Coordinates to a hundredth of a pixel. */
export const px = (value: number): string => String(Math.round(value * 100) / 100);

/** The approximate width of a text, in pixels: type cannot be measured where a figure is drawn. */
export const advanceOf = (text: string, size = TEXT_SIZE): number =>
  [...text].reduce((sum, character) => sum + shareOf(character), 0) * size;

/** The width of a character as a share of its size. */
function shareOf(character: string): number {
  if (isWide(character)) return 1;
  if (/[MW@%—]/.test(character)) return 0.86;
  return /[\sijlt.,:;·'|()[\]]/.test(character) ? 0.32 : 0.58;
}

const isWide = (character: string): boolean => /[\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/.test(character);

/**
 * Breaks a text into lines of at most this many pixels: Chinese anywhere but before a closing mark, other scripts at
 * spaces.
 */
export function brokenText(text: string, pixels: number, size = TEXT_SIZE): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of text.match(
    /[^\s\u2e80-\u9fff\uff00-\uffef]+\s*|[\u2e80-\u9fff\uff00-\uffef][，。；：、）？！]*\s*|\s+/g,
  ) ?? []) {
    if (line !== '' && advanceOf((line + part).trimEnd(), size) > pixels) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += part;
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
}

interface TextStyle {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly colour?: string;
  readonly size?: number;
  readonly bold?: boolean;
  /** Rotation in degrees, about the place of the text. */
  readonly turned?: number;
}

/** A line of text at its baseline. */
export function textAt(x: number, y: number, text: string, style: TextStyle = {}): string {
  const { anchor = 'start', colour = INK_COLOURS.muted, size = TEXT_SIZE, bold = false, turned } = style;
  const attributes = [
    `x="${px(x)}" y="${px(y)}" fill="${colour}"`,
    anchor === 'start' ? '' : ` text-anchor="${anchor}"`,
    size === TEXT_SIZE ? '' : ` font-size="${size}"`,
    bold ? ' font-weight="600"' : '',
    turned === undefined ? '' : ` transform="rotate(${turned} ${px(x)} ${px(y)})"`,
  ];
  return `<text ${attributes.join('')}>${powersRaised(inXml(withoutPaths(text)))}</text>`;
}

/** `10^-4` with the power raised. */
const powersRaised = (text: string): string =>
  text.replace(
    /10\^([-−]?\d+)/g,
    (_, power: string) => `10<tspan dy="-4.5" font-size="9.5">${power.replace('-', '−')}</tspan>`,
  );

/** A part of a figure, drawn from its upper left corner. */
export interface FigurePart {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** Places a drawing under its title. */
export function figureOf(about: Pick<Figure, 'id' | 'title' | 'caption'>, { svg, width, height }: FigurePart): Figure {
  const wide = Math.ceil(width + 2 * FIGURE_MARGIN);
  const lines = brokenText(about.title, width, TITLE_SIZE);
  const top = FIGURE_MARGIN + lines.length * TITLE_LINE + 6;
  const high = Math.ceil(top + height + FIGURE_MARGIN);
  const title = lines.map((line, i) =>
    textAt(FIGURE_MARGIN, FIGURE_MARGIN + TITLE_SIZE + i * TITLE_LINE, line, {
      colour: INK_COLOURS.ink,
      size: TITLE_SIZE,
      bold: true,
    }),
  );
  return {
    ...about,
    width: wide,
    height: high,
    svg:
      `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}" viewBox="0 0 ${wide} ${high}" role="img" ` +
      `font-family="${TYPE}" font-size="${TEXT_SIZE}"><title>${inXml(withoutPaths(about.title))}</title>` +
      `<rect width="${wide}" height="${high}" fill="${INK_COLOURS.ground}"/>${title.join('')}` +
      `<g transform="translate(${FIGURE_MARGIN} ${top})">${svg}</g></svg>`,
  };
}
