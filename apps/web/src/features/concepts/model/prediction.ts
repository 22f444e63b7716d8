/** Where a browser keeps what the reader predicted on a page. */
export const predictionKey = (study: string): string => `whorl.prediction.${study}`;

/** The option that was kept, by its place; null where none was, or one that the page no longer has. */
export function keptOption(text: string | null, options: number): number | null {
  if (text === null || !/^\d{1,2}$/.test(text)) return null;
  const place = Number(text);
  return place < options ? place : null;
}
