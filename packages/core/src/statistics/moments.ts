import { mean, sampleStandardDeviation } from 'simple-statistics';

// Sums and squares are taken in units of the largest value, so that they overflow at no scale.

/** The largest size among some values; 1 where all are 0. */
export const unitOf = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;

/** @param values at least one */
export function meanOf(values: readonly number[]): number {
  const plain = mean([...values]);
  if (Number.isFinite(plain)) return plain;
  const unit = unitOf(values);
  return Number.isFinite(unit) ? mean(values.map((value) => value / unit)) * unit : plain;
}

/** The sample standard deviation (n - 1). @param values at least two */
export function sdOf(values: readonly number[]): number {
  const unit = unitOf(values);
  return sampleStandardDeviation(values.map((value) => value / unit)) * unit;
}
