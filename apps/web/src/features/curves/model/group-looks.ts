import { own, type ParamValue } from '@whorl/core';
import { type FactorLevels, type Look, looksBy } from '#src/charts/looks.ts';
import type { Levels, Outline } from '#src/contract/curves.ts';

/**
 * The looks of an outline's groups. The factors that distinguish configurations on the page come first, where the groups
 * have them or all of these runs share a level: the runs of one activation are drawn as the table draws it. Runs that the
 * page treats as one group look as that group does.
 * @param isOne whether the page treats all of its runs as one group
 * @param given values of a run that all groups share
 */
export function groupLooks(
  { by, fixed, groups, ofStudy }: Outline,
  known: FactorLevels,
  isOne: boolean,
  given: (path: string) => ParamValue | undefined,
): (levels: Levels) => Look {
  if (isOne) return () => looksBy([], known)(() => undefined);
  const shared = (path: string): ParamValue | undefined => {
    const levels = known.get(path);
    return levels?.length === 1 ? levels[0] : (own(fixed, path) ?? given(path));
  };
  const ofPage = [...known.keys()].filter((path) => by.includes(path) || shared(path) !== undefined);
  const paths = [...ofPage, ...by.filter((path) => !known.has(path))];
  const order = paths.length > 0 ? paths : ofStudy.slice(0, 1);
  const levelsOf = (path: string) => {
    const at = by.indexOf(path);
    return at < 0 ? [shared(path)] : groups.map(({ levels }) => levels[at] ?? undefined);
  };
  const lookOf = looksBy(order, new Map(order.map((path) => [path, known.get(path) ?? levelsOf(path)])));
  return (levels) =>
    lookOf((path) => {
      const at = by.indexOf(path);
      return at < 0 ? shared(path) : (levels[at] ?? undefined);
    });
}
