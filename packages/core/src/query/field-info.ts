/** The value of a field in one run, null where the run has none. Numbers may be NaN and infinite. */
export type Cell = string | number | boolean | null;

/** What is known of a field over many runs. */
export interface FieldInfo {
  /** Its canonical text. */
  readonly field: string;
  readonly kind: 'number' | 'text' | 'mixed';
  /** How many runs have it. */
  readonly runs: number;
  readonly distinct: number;
  /** The most frequent values, at most 20; none where there are more than 200 of them. */
  readonly values: readonly Cell[];
  /** Lowest and highest number, where it has numbers. */
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}
