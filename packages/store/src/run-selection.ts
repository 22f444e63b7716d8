import type { Cell, Expression, Field } from '@whorl/core';

/** All runs of an experiment, or these runs. */
export type RunScope = { readonly experimentId: string } | { readonly runIds: readonly string[] };

/** How texts are read: as they are, or as others may read them, in whom it is not to be seen where files lie. */
export type Texts = 'whole' | 'without paths';

/** Some runs: those of the scope of which `where` is true. */
export interface RunSelection {
  readonly scope: RunScope;
  /**
   * True: only archived runs; false: only others. Without it, runs of an experiment are those that are not archived,
   * and runs by their ids are all of them.
   */
  readonly archived?: boolean | undefined;
  readonly where?: Expression | null | undefined;
  /** The zone of the dates in `where` that are written without an offset: UTC where nothing is said. */
  readonly timeZone?: string | undefined;
  /**
   * How texts are read, in `where`, in columns and in orders: whole where nothing is said. What is not shown must not be
   * found either.
   */
  readonly texts?: Texts | undefined;
  /** Runs that are not of it, whatever the rest says. */
  readonly except?: readonly string[] | undefined;
}

export interface SortKey {
  readonly field: Field;
  readonly descending: boolean;
}

export interface TableQuery extends RunSelection {
  readonly fields: readonly Field[];
  /**
   * Newest first where nothing is said. Runs without the value are last in either direction, NaN is after numbers and
   * numbers are before texts; where all is equal, newest first and then by id.
   */
  readonly sort?: readonly SortKey[] | undefined;
  readonly offset?: number | undefined;
  /** How many rows, 100 where nothing is said. */
  readonly limit?: number | undefined;
}

/** A part of a table of runs. */
export interface RunTable {
  /** How many runs the selection has. */
  readonly total: number;
  readonly ids: string[];
  /** One for each of the fields, with the value of each of the runs. */
  readonly columns: Cell[][];
}
