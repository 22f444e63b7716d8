// The selected rows: some runs by id, or all that match the query except some.

export interface Selection {
  readonly all: boolean;
  /** The selected ids or, with `all`, those that are not selected. */
  readonly ids: ReadonlySet<string>;
}

export const NOTHING: Selection = { all: false, ids: new Set() };
export const EVERYTHING: Selection = { all: true, ids: new Set() };

export const isSelected = ({ all, ids }: Selection, id: string): boolean => all !== ids.has(id);

/** How many of `total` runs are selected. */
export const countOf = ({ all, ids }: Selection, total: number): number =>
  all ? Math.max(0, total - ids.size) : ids.size;

/** The selection with some runs added or removed. */
export function withRuns({ all, ids }: Selection, runIds: readonly string[], chosen: boolean): Selection {
  const next = new Set(ids);
  for (const id of runIds) {
    if (chosen !== all) next.add(id);
    else next.delete(id);
  }
  return { all, ids: next };
}

/** A selection as the address has it: a few runs by id, many as the id of a stored set. */
export interface AddressSelection extends Selection {
  readonly set: string | null;
}

/** No selection. */
export const UNSAID: AddressSelection = { ...NOTHING, set: null };

/** Writes a selection as a list: ids, or `@` and the id of a stored set; after `*` where these are the exceptions. */
export const writeSelection = ({ all, ids, set }: AddressSelection): string[] => [
  ...(all ? ['*'] : []),
  ...(set === null ? ids : [`@${set}`]),
];

/** Reads a selection that {@link writeSelection} wrote. */
export function readSelection(items: readonly string[]): AddressSelection {
  const all = items[0] === '*';
  const named = all ? items.slice(1) : items;
  const set = named[0]?.startsWith('@') ? named[0].slice(1) : null;
  return { all, ids: new Set(set === null ? named : named.slice(1)), set };
}
