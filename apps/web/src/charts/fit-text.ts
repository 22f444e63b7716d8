import { cutMiddle } from '@whorl/core';

/** The approximate width of a character in small type, in pixels. */
export const characterWidth = (character: string): number =>
  /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/.test(character) ? 13 : 7.2;

/** The approximate width of a text in small type, in pixels. */
export const textWidth = (text: string): number =>
  [...text].reduce((width, character) => width + characterWidth(character), 0);

/** Cuts the middle out of a text that is wider than this in small type: SVG neither wraps nor cuts text. */
export const fitText = (text: string, pixels: number): string => cutMiddle(text, pixels, characterWidth);
