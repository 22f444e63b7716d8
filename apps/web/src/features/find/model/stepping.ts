/** A place in the list of what was found. */
interface Place {
  readonly href: string;
  readonly title: string;
  /** What stands behind its title. */
  readonly beside?: string;
}

interface Group {
  readonly title: string;
  readonly places: readonly Place[];
}

/** The groups that have places, with the number of places before each. */
export function numberedGroups(groups: readonly Group[]): (Group & { readonly from: number })[] {
  let from = 0;
  return groups.flatMap((group) => {
    if (group.places.length === 0) return [];
    const start = from;
    from += group.places.length;
    return [{ ...group, from: start }];
  });
}

/** The place that a key leads to, around both ends of the list; null for a key that leads nowhere. */
export function stepped(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  if (key === 'ArrowDown') return (at + 1) % count;
  if (key === 'ArrowUp') return (at - 1 + count) % count;
  return null;
}
