import type { Config, ScheduleConfig } from '../../config/schema.ts';
import { cos, wholePower } from '../../random/exact-math.ts';

type Factor<C> = (config: C, epoch: number, epochs: number) => number;

/** The factor of the learning rate in an epoch, counted from 0; torch/optim/lr_scheduler.py in closed form. */
const FACTORS = {
  constant: () => 1,
  step: ({ every, factor }, epoch) => wholePower(factor, Math.floor(epoch / every)),
  exponential: ({ factor }, epoch) => wholePower(factor, epoch),
  cosine: (_, epoch, epochs) => (1 + cos((Math.PI * epoch) / epochs)) / 2,
} satisfies { [N in ScheduleConfig['name']]: Factor<Extract<ScheduleConfig, { name: N }>> };

/** The learning rate at a step, counted from 0. */
export function learningRate({ optimizer, schedule, epochs }: Config, stepsPerEpoch: number, step: number): number {
  const factor = FACTORS[schedule.name] as Factor<ScheduleConfig>;
  return optimizer.lr * factor(schedule, Math.floor(step / stepsPerEpoch), epochs);
}
