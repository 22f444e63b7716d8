import type { FactorValue } from '#src/contract/comparison.ts';
import type { Outline } from '#src/contract/curves.ts';

/** The order in which a page lists configurations, as their values of some factors. */
export interface GroupOrder {
  readonly by: readonly string[];
  readonly rows: readonly (readonly FactorValue[])[];
}

/**
 * The ranks of an outline's groups in the order of the page: a group has the rank of its first configuration. Groups that
 * the page does not list come last, in the outline's order.
 * @returns null where the page distinguishes configurations by other factors than the groups
 */
export function ranksOf({ by, rows }: GroupOrder, outline: Pick<Outline, 'by' | 'groups'>): number[] | null {
  const shared = by.flatMap((path, at) => {
    const own = outline.by.indexOf(path);
    return own < 0 ? [] : [{ at, own }];
  });
  if (shared.length === 0) return null;
  const rankOf = ({ levels }: Outline['groups'][number]): number => {
    const rank = rows.findIndex((row) => shared.every(({ at, own }) => (row[at] ?? null) === (levels[own] ?? null)));
    return rank < 0 ? rows.length : rank;
  };
  const ranks = outline.groups.map(rankOf);
  return outline.groups.map((_, i) => i).sort((a, b) => (ranks[a] as number) - (ranks[b] as number) || a - b);
}
