import type { z } from 'zod';
import type { DataOutline } from '../../data/data-outline.ts';
import type { DataSet } from '../../data/data-set.ts';
import type { Sample } from '../../data/sample.ts';
import type { Rng } from '../../random/rng.ts';
import type { Fields, Kind } from '../kind.ts';

/** What a config says of a data set with these fields, its name left out. */
type Told<F extends Fields> = z.output<z.ZodObject<F>>;

/** A data set: what it is, and how it is drawn. All that is random comes from the generator that it is given. */
export interface DataKind<Id extends string = string, F extends Fields = Fields> extends Kind {
  readonly id: Id;
  readonly fields: F;
  readonly facts: {
    /** Whether its points lie in the plane, where a decision boundary can be seen. */
    readonly planar: boolean;
    /** Whether points that no noise moves lie at places that the config says: another draw of them would be the same points. */
    readonly curve?: boolean;
  };
  /** The data to train on. @param sample given to curves alone: which of their points */
  draw(told: Told<F>, rng: Rng, sample?: Sample): DataSet | Promise<DataSet>;
  /**
   * Data that no run trains on, where that is not another draw of as many points a class (`n`).
   * @param rng the seed's generator
   */
  test?(told: Told<F>, rng: Rng): Promise<DataSet>;
  /** All of a file at once, with what it holds; left out where the config says all of the data. */
  read?(told: Told<F>, rng: Rng): Promise<{ train: DataSet; test: DataSet; outline: DataOutline }>;
}

/** A data set as it is told: what it draws is checked against its fields. */
export const dataKind = <const Id extends string, const F extends Fields>(kind: DataKind<Id, F>): DataKind<Id, F> =>
  kind;
