/** Widths of the characters of axis labels, in Inter at 12 pixels. */
const WIDTHS: Readonly<Record<string, number>> = {
  '.': 3.6,
  ',': 3.6,
  ' ': 3.4,
  '−': 7.9,
  e: 7.1,
  k: 6.7,
  M: 10.6,
  '1': 7.4,
};
const DIGIT = 7.6;

/** The approximate width of an axis label in pixels. It needs no layout, so it works on the server, too. */
export const labelWidth = (text: string): number =>
  [...text].reduce((width, character) => width + (WIDTHS[character] ?? DIGIT), 0);

/** The anchor of a text at a place, so that it stays between 0 and `room`. */
export function anchorWithin(x: number, width: number, room: number): 'start' | 'middle' | 'end' {
  if (x - width / 2 < 0) return 'start';
  return x + width / 2 > room ? 'end' : 'middle';
}
