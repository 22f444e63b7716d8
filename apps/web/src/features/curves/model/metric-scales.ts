import { metricOf } from '@whorl/core';

// How the vertical axis of a metric is scaled.

/** Whether a metric has a logarithmic axis where that is possible. */
export const isReadByPowers = (metric: string): boolean => metricOf(metric)?.metric.byPowers ?? false;

/** Whether a metric is a loss. Losses can only be compared among runs that minimise the same one. */
export const isLoss = (metric: string): boolean => metricOf(metric)?.metric.isLoss ?? /loss$/i.test(metric);

/**
 * The fixed range of a metric's axis: an accuracy is always drawn from 0 to 1. Metrics that are good when they are small
 * (dead units, a calibration error) have none, because they would lie on the axis.
 */
export function drawnRange(key: string): readonly [number, number] | undefined {
  const { metric } = metricOf(key) ?? {};
  return metric?.goal === 'highest' ? (metric.range ?? undefined) : undefined;
}

/** The config path that says which loss a run minimises. */
const LOSS_PATH = /^loss(\.name)?$/;
export const isLossPath = (path: string): boolean => LOSS_PATH.test(path);

/** Whether all finite numbers are above zero. Others have no place on any axis. */
export function arePositive(columns: readonly ArrayLike<number>[]): boolean {
  let some = false;
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) {
      const value = column[i] as number;
      if (!Number.isFinite(value)) continue;
      if (value <= 0) return false;
      some = true;
    }
  }
  return some;
}
