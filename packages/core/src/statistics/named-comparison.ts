import { levelNames } from '../naming/level-names.ts';
import type { Comparison, Depends, Facet, LevelVerdict, Pair } from './comparison.ts';

/** The word for a missing value. */
interface Words {
  readonly absent?: string;
}

/**
 * The comparison with the names of its levels in place of their keys: in its levels, its pairs, its verdict, and its
 * facets.
 */
export function withLevelNames(comparison: Comparison, words?: Words): Comparison {
  const { verdict } = comparison;
  if (verdict.kind !== 'depends') return named({ ...comparison, verdict }, words);
  const whole = named({ ...comparison, verdict: verdict.without }, words);
  return { ...whole, verdict: { ...namedDepends(verdict, words), without: whole.verdict } };
}

function namedDepends(verdict: Depends, words?: Words): Depends {
  const { within, on, everywhere } = verdict;
  const names = levelNames(
    on,
    within.map(({ values }) => values),
    words,
  );
  const facets = within.map(
    ({ level, values, comparison }, i): Facet => ({
      level: names[i] || level,
      values,
      comparison: named(comparison, words),
    }),
  );
  const [first] = facets.map(({ comparison }) => comparison.verdict);
  return { ...verdict, within: facets, everywhere: everywhere !== null && first?.kind === 'best' ? first.best : null };
}

function named(comparison: Comparison<LevelVerdict>, words?: Words): Comparison<LevelVerdict> {
  const { by, levels, pairs, verdict } = comparison;
  const names = levelNames(
    by,
    levels.map(({ values }) => values),
    words,
  );
  const known = new Map(levels.map(({ level }, i) => [level, names[i] || level]));
  const nameOf = (level: string): string => known.get(level) ?? level;
  const namedPair = (pair: Pair): Pair => ({ ...pair, a: nameOf(pair.a), b: nameOf(pair.b) });
  return {
    ...comparison,
    levels: levels.map((level) => ({ ...level, level: nameOf(level.level) })),
    pairs: pairs.map(namedPair),
    verdict: withNamedLevels(verdict, nameOf),
  };
}

/** The verdict with the names of its levels in place of their keys. */
export function withNamedLevels(verdict: LevelVerdict, nameOf: (level: string) => string): LevelVerdict {
  const namedPair = (pair: Pair): Pair => ({ ...pair, a: nameOf(pair.a), b: nameOf(pair.b) });
  switch (verdict.kind) {
    case 'best':
      return { ...verdict, best: nameOf(verdict.best), over: namedPair(verdict.over) };
    case 'contradicted':
      return { ...verdict, best: nameOf(verdict.best), by: namedPair(verdict.by) };
    case 'tied':
      return {
        ...verdict,
        best: nameOf(verdict.best),
        tied: verdict.tied.map(nameOf),
        over: verdict.over && namedPair(verdict.over),
      };
    case 'same':
      return { ...verdict, best: nameOf(verdict.best), same: verdict.same.map(nameOf) };
    case 'confounded':
    case 'one-level':
    case 'not-enough-runs':
      return verdict;
  }
}
