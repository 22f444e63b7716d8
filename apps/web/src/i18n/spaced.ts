/** Puts spaces between Chinese characters and adjacent digits or Latin letters, as in all our Chinese texts. */
export const spaced = (text: string): string =>
  text.replace(/([A-Za-z0-9%])(?=\p{Script=Han})|(\p{Script=Han})(?=[A-Za-z0-9])/gu, '$& ');
