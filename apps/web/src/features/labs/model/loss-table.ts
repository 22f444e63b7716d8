import type { ChartNumbers } from '#src/charts/chart-exports.ts';
import type { History } from './history.ts';

/** What every step of some trainings measured, with every digit: a row a step, two columns a training. */
export function lossTable(names: readonly string[], histories: readonly History[]): ChartNumbers {
  const count = Math.max(0, ...histories.map((history) => history.count));
  return {
    columns: ['step', ...names.flatMap((name) => [`${name} loss`, `${name} accuracy`])],
    rows: Array.from({ length: count }, (_, step) => [
      step,
      ...histories.flatMap((history) => [history.at(step, 'loss'), history.at(step, 'accuracy')]),
    ]),
  };
}
