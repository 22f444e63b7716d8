import { cutMiddle } from '@whorl/core';

/** About how wide a character of small type is, in pixels. */
export const characterWidth = (character: string): number =>
  /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/.test(character) ? 13 : 7.2;

/** About how wide a text of small type is, in pixels. */
export const textWidth = (text: string): number =>
  [...text].reduce((width, character) => width + characterWidth(character), 0);

/** A text cut in its middle to about so many pixels of small type: SVG wraps and cuts nothing by itself. */
export const fitText = (text: string, pixels: number): string => cutMiddle(text, pixels, characterWidth);
