/** How wide the characters of axis labels are in Inter of 12 pixels. */
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

/** About how wide the label of an axis is, in pixels: known before the page is laid out, on a server as well. */
export const labelWidth = (text: string): number =>
  [...text].reduce((width, character) => width + (WIDTHS[character] ?? DIGIT), 0);

/** How a text at a place is anchored so that it stays between 0 and `room`. */
export function anchorWithin(x: number, width: number, room: number): 'start' | 'middle' | 'end' {
  if (x - width / 2 < 0) return 'start';
  return x + width / 2 > room ? 'end' : 'middle';
}
