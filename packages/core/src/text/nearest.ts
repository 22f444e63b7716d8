import { sameText, type Text } from './text.ts';

/**
 * The number of edits (insert, delete, replace, swap of neighbours) between two strings: optimal string alignment
 * distance.
 */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(replace, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}

/** The candidate that `word` most likely means; undefined where none is close. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  // Two edits turn a short word into almost any other one: allow one.
  const limit = word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3));
  const meant = word.toLowerCase();
  return candidates
    .map((candidate) => ({ candidate, edits: distance(meant, candidate.toLowerCase()) }))
    .filter(({ edits }) => edits <= limit)
    .sort((a, b) => a.edits - b.edits)[0]?.candidate;
}

/** ` Did you mean "x"?`, or nothing for undefined. */
export const didYouMean = (meant: string | undefined): Text =>
  meant === undefined ? sameText('') : { en: ` Did you mean "${meant}"?`, zh: `是不是“${meant}”？` };

/** {@link didYouMean} with the nearest candidate. */
export const suggested = (word: string, candidates: readonly string[]): Text => didYouMean(nearest(word, candidates));
