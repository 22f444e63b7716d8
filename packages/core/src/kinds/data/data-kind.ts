import type { z } from 'zod';
import type { DataOutline } from '../../data/data-outline.ts';
import type { DataSet } from '../../data/data-set.ts';
import type { DataSources } from '../../data/data-sources.ts';
import type { Sample } from '../../data/sample.ts';
import type { Rng } from '../../random/rng.ts';
import type { Fields, Kind } from '../kind.ts';

/** The part of a config that describes a data set with these fields, without its name. */
type Told<F extends Fields> = z.output<z.ZodObject<F>>;

interface About<Id extends string, F extends Fields> extends Kind {
  readonly id: Id;
  readonly fields: F;
  readonly facts: {
    /** Whether its points lie in the plane, so that a decision boundary can be drawn. */
    readonly planar: boolean;
    /** Whether the config alone fixes the places of points without noise: drawing again would give the same points. */
    readonly curve?: boolean;
  };
}

/** A data set made from its config and a generator. */
export interface DrawnKind<Id extends string = string, F extends Fields = Fields> extends About<Id, F> {
  /**
   * Draws `n` points of each class. @param sample which points of the curves; given only where `facts.curve` is true
   */
  draw(told: Told<F>, rng: Rng, sample?: Sample): DataSet;
}

/** A data set that is read whole and then divided by the generator. */
export interface ReadKind<Id extends string = string, F extends Fields = Fields> extends About<Id, F> {
  read(told: Told<F>, rng: Rng, sources: DataSources): Promise<DrawnData>;
}

export type DataKind = DrawnKind | ReadKind;

/** The data of a run: to train on and to test on. `outline` describes data that were read; null for drawn ones. */
export interface DrawnData {
  readonly train: DataSet;
  readonly test: DataSet;
  readonly outline: DataOutline | null;
}

/** Declares a data set that is drawn; the types of its fields are inferred. */
export const dataKind = <const Id extends string, const F extends Fields>(kind: DrawnKind<Id, F>): DrawnKind<Id, F> =>
  kind;

/** Declares a data set that is read. */
export const dataKindRead = <const Id extends string, const F extends Fields>(kind: ReadKind<Id, F>): ReadKind<Id, F> =>
  kind;
