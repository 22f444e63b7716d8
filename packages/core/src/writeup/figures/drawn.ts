import { sameText, type Text } from '../../text/text.ts';
import type { Figure } from '../drawing/figure.ts';

/** A figure, or why it could not be drawn: what it needs cannot be read. */
export type FigureOrFault = Figure | { readonly fault: Text };

/** What of these is there, in their order. A damaged file or series costs the figures that need it, and no others. */
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

/** @throws what is no error of the record */
function saidOfRecord(error: unknown): Text {
  if (!(error instanceof Error) || error.name !== 'StoreError') throw error;
  return 'said' in error && isText(error.said) ? error.said : sameText(error.message);
}

const isText = (value: unknown): value is Text =>
  typeof value === 'object' && value !== null && 'en' in value && 'zh' in value;
