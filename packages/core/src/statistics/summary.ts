import { mean, sampleStandardDeviation } from 'simple-statistics';
import { type Interval, meanInterval } from './student.ts';

/** Centre and spread of a sample. `sd` is the sample standard deviation (n - 1); it and `ci95` are null for one value. */
export interface Summary {
  readonly n: number;
  readonly mean: number;
  readonly sd: number | null;
  /** Student's 95% interval of the mean. */
  readonly ci95: Interval | null;
}

/**
 * @param shared the variance that all values have in common, as a share of one's (splits.ts)
 * @throws RangeError for no values
 */
export function summarize(values: readonly number[], shared = 0): Summary {
  if (values.length === 0) throw new RangeError('summarize: expected at least one value, got none');
  const n = values.length;
  const average = mean([...values]);
  const sd = n > 1 ? sampleStandardDeviation([...values]) : null;
  return { n, mean: average, sd, ci95: meanInterval(average, sd, n, shared) };
}
