// Says what is in which row of the table. Only rows in view are drawn, so positions are computed.

/** The contents of a row: the header of a group, or a run of a list. */
export type Place =
  | { readonly kind: 'group'; readonly group: number }
  /** `group` is null where rows are not grouped. */
  | { readonly kind: 'run'; readonly group: number | null; readonly index: number };

export interface RowLayout {
  readonly count: number;
  readonly at: (row: number) => Place;
  /** The row of a run. */
  readonly rowOf: (group: number | null, index: number) => number;
}

/** A single list of runs. */
export const flatLayout = (total: number): RowLayout => ({
  count: total,
  at: (index) => ({ kind: 'run', group: null, index }),
  rowOf: (_, index) => index,
});

/** Groups below each other. Open ones are followed by their runs. */
export function groupedLayout(groups: readonly { readonly runs: number; readonly open: boolean }[]): RowLayout {
  const starts: number[] = [];
  let count = 0;
  for (const { runs, open } of groups) {
    starts.push(count);
    count += 1 + (open ? runs : 0);
  }
  return {
    count,
    at: (row) => {
      let [low, high] = [0, starts.length - 1];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((starts[middle] as number) <= row) low = middle;
        else high = middle - 1;
      }
      const within = row - (starts[low] ?? 0);
      return within === 0 ? { kind: 'group', group: low } : { kind: 'run', group: low, index: within - 1 };
    },
    rowOf: (group, index) => (starts[group ?? 0] ?? 0) + 1 + index,
  };
}

/** The runs among some places, as ranges of neighbours in their lists. */
export function stretches(places: readonly Place[]): { group: number | null; start: number; end: number }[] {
  const found: { group: number | null; start: number; end: number }[] = [];
  for (const place of places) {
    if (place.kind !== 'run') continue;
    const last = found.at(-1);
    if (last && last.group === place.group && last.end === place.index) last.end += 1;
    else found.push({ group: place.group, start: place.index, end: place.index + 1 });
  }
  return found;
}
