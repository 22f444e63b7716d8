import { sameText, type Text } from '../../text/text.ts';
import type { Figure } from '../drawing/figure.ts';

/** A figure, or why it could not be drawn: something that it needs cannot be read. */
export type FigureOrFault = Figure | { readonly fault: Text };

/** Draws the given figures in order. A damaged file or series costs only the figures that need it. */
export async function drawnOf(
  makers: readonly (() => Figure | null | Promise<Figure | null>)[],
): Promise<FigureOrFault[]> {
  const drawn: FigureOrFault[] = [];
  for (const make of makers) {
    try {
      const figure = await make();
      if (figure) drawn.push(figure);
    } catch (error) {
      drawn.push({ fault: saidOfRecord(error) });
    }
  }
  return drawn;
}

/** @throws errors that are not the record's */
function saidOfRecord(error: unknown): Text {
  if (!(error instanceof Error) || error.name !== 'StoreError') throw error;
  return 'said' in error && isText(error.said) ? error.said : sameText(error.message);
}

const isText = (value: unknown): value is Text =>
  typeof value === 'object' && value !== null && 'en' in value && 'zh' in value;
