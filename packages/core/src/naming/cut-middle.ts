/**
 * Cuts a text in its middle to fit a width: long names differ at their end as often as at their start.
 * @param most the width available, in the units of `widthOf`; without it, in characters
 */
export function cutMiddle(text: string, most: number, widthOf: (character: string) => number = () => 1): string {
  const characters = [...text];
  const widths = characters.map(widthOf);
  if (widths.reduce((sum, width) => sum + width, 0) <= most) return text;
  let room = most - widthOf('…');
  let [start, end] = [0, characters.length];
  let isHead = true;
  while (start < end) {
    const width = widths[isHead ? start : end - 1] as number;
    if (width > room) break;
    room -= width;
    if (isHead) start += 1;
    else end -= 1;
    isHead = !isHead;
  }
  return `${characters.slice(0, start).join('').trimEnd()}…${characters.slice(end).join('').trimStart()}`;
}
