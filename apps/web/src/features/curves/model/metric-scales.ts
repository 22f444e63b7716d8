import { metricOf } from '@whorl/core';

// What the vertical axis of a metric is good for.

/** Whether a metric is read on a logarithmic axis where it can be. */
export const isReadByPowers = (metric: string): boolean => metricOf(metric)?.metric.byPowers ?? false;

/** Whether a metric is a loss: its values mean something only among runs that make the same one small. */
export const isLoss = (metric: string): boolean => metricOf(metric)?.metric.isLoss ?? /loss$/i.test(metric);

/**
 * Between what a metric is drawn: an accuracy from none to all, whatever a run's is. What is small where it is good (dead
 * units, a calibration error) would lie on the axis.
 */
export function drawnRange(key: string): readonly [number, number] | undefined {
  const { metric } = metricOf(key) ?? {};
  return metric?.goal === 'highest' ? (metric.range ?? undefined) : undefined;
}

/** The parameter that says which loss a run makes small. */
const LOSS_PATH = /^loss(\.name)?$/;
export const isLossPath = (path: string): boolean => LOSS_PATH.test(path);

/** Whether every number is above zero; those that are not finite have no place on any axis. */
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
