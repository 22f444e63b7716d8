// Which rows are chosen. Either some runs by their ids, or all that match the query but some.

export interface Selection {
  readonly all: boolean;
  /** The chosen ones; where `all` are, the ones that are not. */
  readonly ids: ReadonlySet<string>;
}

export const NOTHING: Selection = { all: false, ids: new Set() };
export const EVERYTHING: Selection = { all: true, ids: new Set() };

export const isSelected = ({ all, ids }: Selection, id: string): boolean => all !== ids.has(id);

/** How many of `total` runs are chosen. */
export const countOf = ({ all, ids }: Selection, total: number): number =>
  all ? Math.max(0, total - ids.size) : ids.size;

/** The selection with some runs chosen, or not chosen. */
export function withRuns({ all, ids }: Selection, runIds: readonly string[], chosen: boolean): Selection {
  const next = new Set(ids);
  for (const id of runIds) {
    if (chosen !== all) next.add(id);
    else next.delete(id);
  }
  return { all, ids: next };
}

/** A selection as an address has it: of a few runs their ids, of many the id of a set that is kept of them. */
export interface AddressSelection extends Selection {
  readonly set: string | null;
}

/** Nothing, in an address. */
export const UNSAID: AddressSelection = { ...NOTHING, set: null };

/** The selection as a list for the address: ids or `@` and the id of a set of them, after `*` where these are not chosen. */
export const writeSelection = ({ all, ids, set }: AddressSelection): string[] => [
  ...(all ? ['*'] : []),
  ...(set === null ? ids : [`@${set}`]),
];

/** The selection that {@link writeSelection} wrote. */
export function readSelection(items: readonly string[]): AddressSelection {
  const all = items[0] === '*';
  const named = all ? items.slice(1) : items;
  const set = named[0]?.startsWith('@') ? named[0].slice(1) : null;
  return { all, ids: new Set(set === null ? named : named.slice(1)), set };
}
