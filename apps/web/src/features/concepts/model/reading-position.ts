/** How far a page was read: the section that is read, from 1, of so many. */
export interface ReadingPosition {
  readonly section: number;
  readonly of: number;
}

/** Where a browser keeps how far it showed a page; both languages have the same sections. */
export const readingKey = (slug: string): string => `whorl.reading.${slug}`;

export const positionText = ({ section, of }: ReadingPosition): string => `${section}/${of}`;

/** The position that was kept; null where none was, or no such one can be. */
export function keptPosition(text: string | null): ReadingPosition | null {
  const [, section = 0, of = 0] = /^([1-9]\d?)\/([1-9]\d?)$/.exec(text ?? '')?.map(Number) ?? [];
  return section > 0 && section <= of ? { section, of } : null;
}

/**
 * The section that is read: the last one whose heading stands in the upper quarter of the window, and at the end of the page the last one of all.
 * @param tops of the headings, in pixels from the upper end of the window
 * @param height of the window
 * @param below how many pixels are left to scroll
 * @returns from 1; null above the first section
 */
export function sectionInSight(tops: readonly number[], height: number, below: number): number | null {
  const section = below < 1 ? tops.length : tops.filter((top) => top < height / 4).length;
  return section > 0 ? section : null;
}
