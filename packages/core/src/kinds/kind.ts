import type { z } from 'zod';

/** What a kind may be told beside its name, each a zod type; a default stands here, beside its reason. */
export type Fields = Readonly<Record<string, z.ZodType>>;

/**
 * One entry of a registry: what the config, the command line, queries, forms and plots know of an optimizer, a loss or a data
 * set. `train/` has the arithmetic under the same id. A field that several kinds have and that means the same in all of them
 * is one object: a value of it is kept where the kind changes, and of another that happens to have its name it is not.
 */
export interface Kind {
  /** Its name in a config, on the command line and in every record: never changed. */
  readonly id: string;
  /** What people call it. */
  readonly label: string;
  /** What other libraries and papers call it: suggested where somebody writes it, and not taken. */
  readonly otherNames?: readonly string[];
  readonly fields: Fields;
}

/** The kinds of a family by their ids, in the order in which people are told of them. */
export type Family = Readonly<Record<string, Kind>>;

export type IdOf<F> = Extract<keyof F, string>;
export const idsOf = <F extends Family>(family: F) => Object.keys(family) as [IdOf<F>, ...IdOf<F>[]];
