import { DASHES, type Look } from '#src/comparison/looks.ts';
import type { Theme } from '#src/components/ui/use-theme.ts';
import { FONT } from './chart-ink.ts';

// What stands above a chart on the page, and so must stand above it in a file: its title and what its lines are.

export interface Heading {
  readonly title: string;
  readonly legend: readonly { readonly name: string; readonly look: Look }[];
  readonly theme: Theme;
}

const INK: Readonly<Record<Theme, { title: string; text: string }>> = {
  light: { title: '#1b1d20', text: '#5c6269' },
  dark: { title: '#eceef0', text: '#a0a7ae' },
};
const [MARGIN, TITLE, ROW, SWATCH, GAP] = [12, 34, 22, 26, 18];

/**
 * The heading as ECharts' graphic elements, in rows as wide as the chart.
 * @param widthOf how wide a text of the legend is, in pixels
 * @returns the elements, and how much room they take
 */
export function headingOf(
  { title, legend, theme }: Heading,
  width: number,
  widthOf: (text: string) => number,
): { readonly elements: object[]; readonly height: number } {
  const ink = INK[theme];
  const elements: object[] = [
    {
      type: 'text',
      style: { text: title, x: MARGIN, y: MARGIN, fill: ink.title, font: `600 15px ${FONT}`, textVerticalAlign: 'top' },
    },
  ];
  let [x, row] = [MARGIN, 0];
  for (const { name, look } of legend) {
    const needed = SWATCH + widthOf(name) + GAP;
    if (x > MARGIN && x + needed > width - MARGIN) [x, row] = [MARGIN, row + 1];
    const y = TITLE + row * ROW + ROW / 2;
    elements.push(
      {
        type: 'line',
        shape: { x1: x, x2: x + SWATCH - 6, y1: y, y2: y },
        style: { stroke: look.colour[theme], lineWidth: 3, lineDash: dashOf(look), fill: 'none' },
      },
      {
        type: 'text',
        style: { text: name, x: x + SWATCH, y, fill: ink.text, font: `12px ${FONT}`, textVerticalAlign: 'middle' },
      },
    );
    x += needed;
  }
  return { elements, height: TITLE + (legend.length > 0 ? (row + 1) * ROW : 0) };
}

/** A swatch is short: so are its strokes. */
const dashOf = ({ stroke }: Look) =>
  DASHES[stroke].length === 0 ? null : DASHES[stroke].map((length) => length * 0.6);
