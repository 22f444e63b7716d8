import type { Cell, Expression, Field } from '@whorl/core';

/** All runs of an experiment, or the given runs. */
export type RunScope = { readonly experimentId: string } | { readonly runIds: readonly string[] };

/** How texts are read: as they are or, for others than the owner, without the paths that tell where files are. */
export type Texts = 'whole' | 'without paths';

/** The runs of a scope for which `where` is true. */
export interface RunSelection {
  readonly scope: RunScope;
  /**
   * True: only archived runs; false: only others. Left out: for an experiment those that are not archived, for given
   * ids all.
   */
  readonly archived?: boolean | undefined;
  readonly where?: Expression | null | undefined;
  /** The time zone of dates in `where` without an offset; left out: UTC. */
  readonly timeZone?: string | undefined;
  /**
   * How texts are read in `where`, in columns and in orders; left out: whole. What is not shown must not be found
   * either.
   */
  readonly texts?: Texts | undefined;
  /** Runs to leave out, whatever the rest says. */
  readonly except?: readonly string[] | undefined;
}

export interface SortKey {
  readonly field: Field;
  readonly descending: boolean;
}

export interface TableQuery extends RunSelection {
  readonly fields: readonly Field[];
  /**
   * Left out: newest first. Runs without the value come last in either direction, NaN after numbers, numbers before
   * texts; where all is equal, newest first and then by id.
   */
  readonly sort?: readonly SortKey[] | undefined;
  readonly offset?: number | undefined;
  /** The number of rows; left out: 100. */
  readonly limit?: number | undefined;
}

/** A page of a table of runs. */
export interface RunTable {
  /** How many runs the selection has in all. */
  readonly total: number;
  readonly ids: string[];
  /** One column for each field, with the value of each run. */
  readonly columns: Cell[][];
}
