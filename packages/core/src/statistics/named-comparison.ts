import { levelNames } from '../naming/level-names.ts';
import type { Comparison, Pair, Verdict } from './comparison.ts';

/**
 * The comparison with what people call its levels in place of their keys: in its levels, its pairs and its verdict.
 * @param words what a missing value is called
 */
export function withLevelNames(comparison: Comparison, words?: { readonly absent?: string }): Comparison {
  const { by, levels, pairs, verdict } = comparison;
  const names = levelNames(
    by,
    levels.map(({ values }) => values),
    words,
  );
  const known = new Map(levels.map(({ level }, i) => [level, names[i] || level]));
  const nameOf = (level: string): string => known.get(level) ?? level;
  const named = (pair: Pair): Pair => ({ ...pair, a: nameOf(pair.a), b: nameOf(pair.b) });
  return {
    ...comparison,
    levels: levels.map((level) => ({ ...level, level: nameOf(level.level) })),
    pairs: pairs.map(named),
    verdict: namedVerdict(verdict, nameOf, named),
  };
}

function namedVerdict(verdict: Verdict, nameOf: (level: string) => string, named: (pair: Pair) => Pair): Verdict {
  switch (verdict.kind) {
    case 'best':
      return { ...verdict, best: nameOf(verdict.best), over: named(verdict.over) };
    case 'contradicted':
      return { ...verdict, best: nameOf(verdict.best), by: named(verdict.by) };
    case 'tied':
      return { ...verdict, best: nameOf(verdict.best), tied: verdict.tied.map(nameOf) };
    case 'same':
      return { ...verdict, best: nameOf(verdict.best), same: verdict.same.map(nameOf) };
    case 'confounded':
    case 'one-level':
    case 'not-enough-runs':
      return verdict;
  }
}
