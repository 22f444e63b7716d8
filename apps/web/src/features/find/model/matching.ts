import { foldText } from '@whorl/core';

/** A place that can be found by its name in any language. */
export interface Findable {
  readonly href: string;
  readonly title: string;
  /** What else it is known by: its title in the other language, what it is about. */
  readonly also: readonly string[];
}

/**
 * The places that hold every word of a text, without regard to case and accents: those whose title begins with the text first,
 * then those with all words in the title, then the others, each in their own order. All of them where the text is empty.
 */
export function matching<F extends Findable>(places: readonly F[], text: string): F[] {
  const words = foldText(text).split(/\s+/).filter(Boolean);
  const ranked = places.flatMap((place) => {
    const title = foldText(place.title);
    const all = [title, ...place.also.map(foldText)].join('\n');
    if (!words.every((word) => all.includes(word))) return [];
    const rank = title.startsWith(foldText(text).trim()) ? 0 : words.every((word) => title.includes(word)) ? 1 : 2;
    return [{ place, rank }];
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ place }) => place);
}
