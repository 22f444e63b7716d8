import { batchRows, type Config, trainingRows } from '@whorl/core';

// Estimates how long runs take relative to each other, to show the remaining time. Fitted to one core of 2026; only the
// ratios matter.

/** Seconds to set up and record a run. */
const AROUND = 0.4;
const STEP = 0.4e-3;
const PER_WEIGHT_AND_ROW = 3e-10;
const PER_FILTER_AND_ROW = 3.5e-6;

/** A rough estimate in seconds. */
export function estimateSeconds(config: Config): number {
  const { data, model, epochs } = config;
  const batch = batchRows(config);
  const steps = epochs * Math.ceil(trainingRows(data) / batch);
  const perRow =
    model.name === 'mlp'
      ? PER_WEIGHT_AND_ROW * weightsOf(model.hidden)
      : PER_FILTER_AND_ROW * model.filters.reduce((sum, filters) => sum + filters, 0);
  return AROUND + steps * (STEP * Math.max(1, model.name === 'mlp' ? model.hidden.length / 2 : 1) + perRow * batch);
}

const weightsOf = (hidden: readonly number[]): number =>
  hidden.reduce((sum, units, i) => sum + units * (hidden[i - 1] ?? 2), 0);
