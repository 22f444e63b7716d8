import { z } from 'zod';
import { DATA_SETS } from '../kinds/data/index.ts';
import { LOSSES } from '../kinds/losses/index.ts';
import { MODELS } from '../kinds/models/index.ts';
import { OPTIMIZERS } from '../kinds/optimizers/index.ts';
import { SCHEDULES } from '../kinds/schedules/index.ts';
import { oneOf } from './one-of.ts';

// The complete input of a run. Nothing that changes the result lies outside of it, so the same config gives the same
// run. Every object is strict: a misspelt field is an error and never ignored. A field that a kind may leave out has
// its default in the kind's file, and a parsed config has every field.

/** The parts of a config that come in kinds: each has a `name` that decides which other fields the part has. */
export const KINDS = {
  data: DATA_SETS,
  model: MODELS,
  loss: LOSSES,
  optimizer: OPTIMIZERS,
  schedule: SCHEDULES,
} as const;

export const configSchema = z.strictObject({
  study: z.string().min(1).max(100),
  seed: z.int().min(0),
  epochs: z.int().min(1).max(10_000_000),
  batchSize: z.union([z.literal('full'), z.int().min(1).max(1_000_000)], {
    error: 'expected "full" or a whole number from 1 on',
  }),
  data: oneOf(KINDS.data),
  model: oneOf(KINDS.model),
  loss: oneOf(KINDS.loss).default({ name: 'softmax-cross-entropy', stable: true }),
  optimizer: oneOf(KINDS.optimizer),
  schedule: oneOf(KINDS.schedule).default({ name: 'constant' }),
});

export type Config = z.infer<typeof configSchema>;
export type DataConfig = Config['data'];
export type ModelConfig = Config['model'];
export type LossConfig = Config['loss'];
export type OptimizerConfig = Config['optimizer'];
export type ScheduleConfig = Config['schedule'];
