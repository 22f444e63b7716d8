import type { z } from 'zod';
import type { DataOutline } from '../../data/data-outline.ts';
import type { DataSet } from '../../data/data-set.ts';
import type { DataSources } from '../../data/data-sources.ts';
import type { Sample } from '../../data/sample.ts';
import type { Rng } from '../../random/rng.ts';
import type { Fields, Kind } from '../kind.ts';

/** What a config says of a data set with these fields, its name left out. */
type Told<F extends Fields> = z.output<z.ZodObject<F>>;

interface About<Id extends string, F extends Fields> extends Kind {
  readonly id: Id;
  readonly fields: F;
  readonly facts: {
    /** Whether its points lie in the plane, where a decision boundary can be seen. */
    readonly planar: boolean;
    /** Whether points that no noise moves lie at places that the config says: another draw of them would be the same points. */
    readonly curve?: boolean;
  };
}

/** A data set that its config and a generator say all of. */
export interface DrawnKind<Id extends string = string, F extends Fields = Fields> extends About<Id, F> {
  /** Draws `n` points a class. @param sample given to curves alone: which of their points */
  draw(told: Told<F>, rng: Rng, sample?: Sample): DataSet;
}

/** A data set that is read, all of it at once. The generator divides it. */
export interface ReadKind<Id extends string = string, F extends Fields = Fields> extends About<Id, F> {
  read(told: Told<F>, rng: Rng, sources: DataSources): Promise<DrawnData>;
}

export type DataKind = DrawnKind | ReadKind;

/** The data of a run: to train on, to test on, and what they are; null where the config says all of it. */
export interface DrawnData {
  readonly train: DataSet;
  readonly test: DataSet;
  readonly outline: DataOutline | null;
}

/** A data set as it is told: what it draws is checked against its fields. */
export const dataKind = <const Id extends string, const F extends Fields>(kind: DrawnKind<Id, F>): DrawnKind<Id, F> =>
  kind;

/** The same of one that is read. */
export const dataKindRead = <const Id extends string, const F extends Fields>(kind: ReadKind<Id, F>): ReadKind<Id, F> =>
  kind;
