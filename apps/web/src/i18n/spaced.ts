/** A text with a space between Chinese characters and the digits and Latin letters beside them, as all our Chinese has it. */
export const spaced = (text: string): string =>
  text.replace(/([A-Za-z0-9%])(?=\p{Script=Han})|(\p{Script=Han})(?=[A-Za-z0-9])/gu, '$& ');
