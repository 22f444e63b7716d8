/** About how wide a character of small type is, in pixels. */
export const widthOf = (character: string): number =>
  /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/.test(character) ? 13 : 7.2;

/** A text cut to about so many pixels of small type: SVG wraps and cuts nothing by itself. */
export function fitText(text: string, pixels: number): string {
  let used = 0;
  let kept = '';
  for (const character of text) {
    used += widthOf(character);
    if (used > pixels) return `${kept.slice(0, -1).trimEnd()}…`;
    kept += character;
  }
  return kept;
}
