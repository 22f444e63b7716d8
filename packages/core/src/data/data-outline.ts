import type { Text } from '../text/text.ts';

/** What is worth knowing of data and no fault. */
export interface DataNote {
  /** Whether something may be lost or mistaken; else it says how the file was read. */
  readonly isWarning: boolean;
  readonly said: Text;
}

/** What the data of a run are: the first thing to look at where a training is not what one expected. */
export interface DataOutline {
  /** Rows to train on, and rows that are kept for testing. */
  readonly train: number;
  readonly test: number;
  readonly features: readonly string[];
  /** The column of the classes. */
  readonly label: string;
  /** In the order of their places in the network's answer. */
  readonly classes: readonly { readonly name: string; readonly train: number; readonly test: number }[];
  /** A sentence each. */
  readonly notes: readonly DataNote[];
}
