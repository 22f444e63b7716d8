import { mean, sampleStandardDeviation } from 'simple-statistics';

/** Centre and spread of a sample. `sd` is the sample standard deviation (n - 1), null for one value. */
export interface Summary {
  readonly n: number;
  readonly mean: number;
  readonly sd: number | null;
}

/** @throws RangeError for no values */
export function summarize(values: readonly number[]): Summary {
  if (values.length === 0) throw new RangeError('summarize: expected at least one value, got none');
  return {
    n: values.length,
    mean: mean([...values]),
    sd: values.length > 1 ? sampleStandardDeviation([...values]) : null,
  };
}
