import { didYouMean, nearest } from '../text/nearest.ts';
import type { Text } from '../text/text.ts';
import { OTHER_NAMES } from './other-names.ts';
import { folded, wordsAt } from './paths.ts';

/** The accepted word that a text spells, whatever its capitals and hyphens: `LeakyReLU` is `leaky-relu`. */
export const spelled = (path: string, text: string): string =>
  wordsAt(path).find((word) => word === text) ?? wordsAt(path).find((word) => folded(word) === folded(text)) ?? text;

/** Lower-case letters and digits only: `SGD + momentum` becomes `sgdmomentum`. */
const bare = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '');

/**
 * The allowed word that `text` most likely means at `path`: a word of other libraries first, else the nearest spelling.
 */
export function meantAt(path: string, text: string, allowed: readonly string[]): Text {
  const names = Object.hasOwn(OTHER_NAMES, path) ? (OTHER_NAMES[path] ?? {}) : {};
  const known = allowed.find((word) => names[word]?.some((name) => bare(name) === bare(text)));
  return didYouMean(known ?? nearest(text, allowed));
}
