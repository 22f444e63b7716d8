import type { Text } from '../text/text.ts';

/** Something about the data that is worth knowing and is not a fault. */
export interface DataNote {
  /** True where something may be lost or mistaken; false where it only says how the file was read. */
  readonly isWarning: boolean;
  readonly said: Text;
}

/** What the data of a run are: the first thing to look at where a training surprises. */
export interface DataOutline {
  /** How many rows are trained on; the next field: how many are kept for testing. */
  readonly train: number;
  readonly test: number;
  readonly features: readonly string[];
  /** The column of the classes. */
  readonly label: string;
  /** In the order of the network's outputs. */
  readonly classes: readonly { readonly name: string; readonly train: number; readonly test: number }[];
  /** One sentence each. */
  readonly notes: readonly DataNote[];
}
