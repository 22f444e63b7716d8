'use client';

import { useCallback, useMemo } from 'react';
import { looksBy } from '#src/charts/looks.ts';
import type { Analysis, LevelAnswer, Overview } from '#src/contract/comparison.ts';
import { useLevelName } from '#src/features/levels/use-level-name.ts';

/** Looks and names of the answer's levels, the same all over the page. */
export function useLevelLooks(by: readonly string[], { factors }: Overview, analysis: Analysis | null) {
  const { namesOf } = useLevelName();
  const levels = useMemo(() => {
    const known = new Map(factors.map((factor) => [factor.path, factor.levels]));
    return new Map(by.map((path) => [path, (known.get(path) ?? []).map(({ value }) => value ?? undefined)]));
  }, [by, factors]);
  const lookOf = useMemo(() => looksBy(by, levels), [by, levels]);
  const looks = useMemo(
    () =>
      new Map(
        analysis?.levels.map(({ level, values }) => [level, lookOf((path) => values[by.indexOf(path)] ?? undefined)]),
      ),
    [analysis, lookOf, by],
  );
  const names = useMemo(() => {
    const answered = analysis?.levels ?? [];
    const written = namesOf(
      by,
      answered.map(({ values }) => values),
    );
    return new Map(answered.map(({ level }, i) => [level, written[i] ?? level]));
  }, [analysis, namesOf, by]);
  const order = useMemo(() => analysis && { by, rows: analysis.levels.map(({ values }) => values) }, [analysis, by]);
  const nameOfLevel = useCallback((level: string) => names.get(level) ?? level, [names]);
  const nameOf = useCallback(({ level }: LevelAnswer) => nameOfLevel(level), [nameOfLevel]);
  return { levels, lookOf, looks, order, nameOfLevel, nameOf };
}
