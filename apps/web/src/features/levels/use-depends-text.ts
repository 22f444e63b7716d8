'use client';

import { dependsText, inOneGo, type LevelVerdict, type SaidDepends, withNamedLevels } from '@whorl/core';
import type { Answer, DependsAnswer } from '#src/contract/comparison.ts';
import { spaced } from '#src/i18n/spaced.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { useLevelName } from './use-level-name.ts';

/** The sentences for an effect that depends on another factor. The wording is core's. */
export function useDependsText() {
  const { locale } = useFormat();
  const { namesOf } = useLevelName();
  const named = ({ within, ...verdict }: DependsAnswer): SaidDepends => {
    const facets = namesOf(
      verdict.on,
      within.map(({ values }) => values),
    );
    const comparisons = within.map((facet) => {
      const names = namesOf(
        verdict.of,
        facet.levels.map(({ values }) => values),
      );
      const known = new Map(facet.levels.map(({ level }, i) => [level, names[i] ?? level]));
      const nameOf = (level: string) => known.get(level) ?? level;
      return {
        verdict: withNamedLevels(facet.verdict as LevelVerdict, nameOf),
        levels: facet.levels.map((found, i) => ({ ...found, level: names[i] ?? found.level })),
        nameOf,
      };
    });
    return {
      ...verdict,
      everywhere: verdict.everywhere === null ? null : (comparisons[0]?.nameOf(verdict.everywhere) ?? null),
      within: comparisons.map((comparison, i) => ({ level: facets[i] ?? '', comparison })),
    };
  };
  /** @param metric its name within a sentence */
  return (verdict: DependsAnswer, metric: string, goal: Answer['goal']) => {
    const said = dependsText(named(verdict), { en: metric, zh: metric }, goal);
    return {
      whole: spaced(inOneGo(said)[locale]),
      lead: spaced(said.lead[locale]),
      within: said.within.map(({ levels, said }) => ({ levels, said: spaced(said[locale].trim()) })),
      rest: said.rest.map((text) => spaced(text[locale])),
    };
  };
}
