import type { z } from 'zod';

/**
 * The fields that a kind has beside its name, each a zod type; a default stands in the kind's file, beside its reason.
 */
export type Fields = Readonly<Record<string, z.ZodType>>;

/**
 * One entry of a registry: what the config, the command line, queries, forms and plots know of an optimizer, a loss or
 * a data set. `train/` has the arithmetic under the same id. A field that means the same in several kinds is one shared
 * object: its value is kept when the kind changes, unlike that of another field that happens to have its name.
 */
export interface Kind {
  /** Its name in a config, on the command line and in every record; it must never change. */
  readonly id: string;
  /** What people call the kind. */
  readonly label: string;
  /** What other libraries and papers call it: suggested in errors, and not accepted. */
  readonly otherNames?: readonly string[];
  readonly fields: Fields;
}

/** The kinds of a family by id, in the order in which they are listed to people. */
export type Family = Readonly<Record<string, Kind>>;

export type IdOf<F> = Extract<keyof F, string>;
export const idsOf = <F extends Family>(family: F) => Object.keys(family) as [IdOf<F>, ...IdOf<F>[]];
