import {
  type Comparison,
  type Depends,
  type Effects,
  type Facet,
  type Text,
  verdictOf,
  withLevelNames,
} from '@whorl/core';

/**
 * The document of `--json`. `n` and `nPairs` count seeds. Levels without a finite value have no mean. `levels` and `pairs`
 * are over all runs; where the effect depends on another factor, `within` repeats both for each level of that factor.
 */
export function documentOf(comparison: Comparison, effects: Effects | null, word: Text): unknown {
  const { metric, goal, by, confounds, method, look, margin, training, verdict } = comparison;
  const named = withLevelNames(comparison);
  return {
    metric,
    goal,
    by: by.join(','),
    ...numbersOf(comparison, named),
    ...(verdict.kind === 'depends' && named.verdict.kind === 'depends'
      ? { depends: dependsDocument(verdict, named.verdict) }
      : {}),
    ...(effects
      ? {
          effects: effects.effects,
          residual: effects.residual,
          notEstimated: effects.leftOut.map(({ source, why }) => ({ source, why })),
        }
      : {}),
    confounds,
    method,
    look,
    margin,
    training,
    kind: verdict.kind,
    verdict: verdictOf(named, word).en,
  };
}

function dependsDocument({ of, on, p, also, everywhere, without, within }: Depends, named: Depends): unknown {
  return {
    of,
    on,
    p,
    also,
    everywhere,
    without: without.kind,
    within: within.map(({ level, values, comparison }, i) => {
      const names = named.within[i] as Facet;
      return {
        level,
        name: names.level,
        values: Object.fromEntries(on.map((path, at) => [path, values[at] ?? null])),
        ...numbersOf(comparison, names.comparison),
        method: comparison.method,
        kind: comparison.verdict.kind,
        best: 'best' in comparison.verdict ? comparison.verdict.best : null,
      };
    }),
  };
}

/** @param named the same comparison with the names of its levels in place of their keys */
function numbersOf({ by, levels, pairs, margin }: Comparison, named: Pick<Comparison, 'levels'>) {
  return {
    levels: levels.map(({ level, values, summary, order, runs, diverged }, i) => ({
      level,
      name: named.levels[i]?.level,
      values: Object.fromEntries(by.map((path, at) => [path, values[at] ?? null])),
      n: order?.seeds ?? summary?.n ?? 0,
      ...(order ? { reached: order.reached, median: order.median } : {}),
      runs,
      mean: summary?.mean ?? null,
      sd: summary?.sd ?? null,
      ci95: summary?.ci95 ?? null,
      diverged,
    })),
    pairs: pairs.map(
      ({ a, b, nPairs, difference, ci95, p, pAdjusted, effectSize, pSame, signs, unpaired, pairsNeeded }) => ({
        a,
        b,
        nPairs,
        unpaired: unpaired ?? false,
        difference: difference ?? null,
        ci95: ci95 ?? null,
        p: p ?? null,
        pAdjusted: pAdjusted ?? null,
        ...(signs ? { signs } : {}),
        ...(margin === null ? {} : { pSame: pSame ?? null }),
        effectSize: effectSize ?? null,
        pairsNeeded: pairsNeeded ?? null,
      }),
    ),
  };
}
