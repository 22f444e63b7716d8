/** The value of a field in one run, null where the run has none. Numbers may be NaN and infinite. */
export type Cell = string | number | boolean | null;

/** For a field with more different values than this, it is only known that there are more. */
export const MOST_DISTINCT = 200;

/** What is known of a field over many runs. */
export interface FieldInfo {
  /** Its canonical text. */
  readonly field: string;
  readonly kind: 'number' | 'text' | 'mixed';
  /** How many runs have the field. */
  readonly runs: number;
  /** How many different values it has; `MOST_DISTINCT` + 1 stands for any larger number. */
  readonly distinct: number;
  /** The most frequent values, at most 20; empty where there are more than `MOST_DISTINCT`. */
  readonly values: readonly Cell[];
  /** The lowest and highest number, where it has numbers. */
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}
