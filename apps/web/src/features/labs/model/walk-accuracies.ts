import type { CellFrame } from './messages.ts';
import type { LabPlan } from './plan.ts';

/** What all controls but the seed are set to: results of one setting are not those of another. */
export const settingKey = ({ controls }: LabPlan, set: Readonly<Record<string, unknown>>): string =>
  controls
    .filter(({ name }) => name !== 'seed')
    .map(({ name }) => String(set[name]))
    .join('/');

/** The accuracies of trainings side by side, by the setting, their place and the set. */
export const cellAccuracies = (
  setting: string,
  cells: readonly Pick<CellFrame, 'train' | 'test'>[],
): Readonly<Record<string, number>> =>
  Object.fromEntries(
    cells.flatMap(({ train, test }, i) => [
      [`${setting}/${i}/train`, train.accuracy],
      [`${setting}/${i}/test`, test.accuracy],
    ]),
  );
