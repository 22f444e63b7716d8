import { FONT } from './chart-ink.ts';
import { DASHES, type Look } from './looks.ts';
import { SHEET_INK, SHEET_MARGIN, type Sheet, wrappedText } from './sheet.ts';

// The title and legend that the page shows above a chart, drawn into its file.

/** What the lines are. */
export type Legend = readonly { readonly name: string; readonly look: Look }[];

const [MARGIN, TITLE_LINE, ROW, SWATCH, GAP] = [SHEET_MARGIN, 22, 22, 26, 18];

/**
 * The heading as ECharts' graphic elements, in rows as wide as the chart.
 * @param widthOf how wide a text of the legend is, in pixels
 * @returns the elements, and how much room they take
 */
export function headingOf(
  { title, theme }: Sheet,
  legend: Legend,
  width: number,
  widthOf: (text: string) => number,
): { readonly elements: object[]; readonly height: number } {
  const ink = SHEET_INK[theme];
  const lines = wrappedText(title, width - 2 * MARGIN, 15 / 13);
  const above = MARGIN + lines.length * TITLE_LINE + 6;
  const elements: object[] = lines.map((text, i) => ({
    type: 'text',
    style: {
      text,
      x: MARGIN,
      y: MARGIN + i * TITLE_LINE,
      fill: ink.title,
      font: `600 15px ${FONT}`,
      textVerticalAlign: 'top',
    },
  }));
  let [x, row] = [MARGIN, 0];
  for (const { name, look } of legend) {
    const needed = SWATCH + widthOf(name) + GAP;
    if (x > MARGIN && x + needed > width - MARGIN) [x, row] = [MARGIN, row + 1];
    const y = above + row * ROW + ROW / 2;
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
  return { elements, height: above + (legend.length > 0 ? (row + 1) * ROW : 0) };
}

/** The dashes of a swatch, shortened because a swatch is short. */
const dashOf = ({ stroke }: Look) =>
  DASHES[stroke].length === 0 ? null : DASHES[stroke].map((length) => length * 0.6);
