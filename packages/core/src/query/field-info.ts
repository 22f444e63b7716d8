/** The value of a field in one run, null where the run has none. Numbers may be NaN and infinite. */
export type Cell = string | number | boolean | null;

/** Of a field with more different values than this it is told only that they are more. */
export const MOST_DISTINCT = 200;

/** What is known of a field over many runs. */
export interface FieldInfo {
  /** Its canonical text. */
  readonly field: string;
  readonly kind: 'number' | 'text' | 'mixed';
  /** How many runs have it. */
  readonly runs: number;
  /** How many different values, up to `MOST_DISTINCT`; one more than that stands for all that are more. */
  readonly distinct: number;
  /** The most frequent values, at most 20; none where there are more than `MOST_DISTINCT`. */
  readonly values: readonly Cell[];
  /** Lowest and highest number, where it has numbers. */
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}
