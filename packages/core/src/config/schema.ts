import { z } from 'zod';
import { ACTIVATION_IDS } from '../registries/activations.ts';

// The complete input of a run. Nothing that changes the result lives outside it, so that the same config gives
// the same run. Every object is strict: a misspelt field is an error, never ignored.

const size = (label: string) => z.int().min(1).max(100_000).describe(label);

export const spiralDataSchema = z.strictObject({
  name: z.literal('spiral'),
  n: z.int().min(2).max(1_000_000).describe('points per class'),
  classes: z.int().min(2).max(100),
  noise: z.number().min(0).max(10).describe('standard deviation of the angle, in radians'),
});

export const dataSchema = z.discriminatedUnion('name', [spiralDataSchema]);

export const mlpSchema = z.strictObject({
  name: z.literal('mlp'),
  hidden: z.array(size('units of a hidden layer')).max(100),
  activation: z.enum(ACTIVATION_IDS),
  init: z.enum(['pytorch']),
});

export const modelSchema = z.discriminatedUnion('name', [mlpSchema]);

const lr = z.number().positive().max(1e6).describe('learning rate');
const weightDecay = z.number().min(0).max(1e6).describe('L2 penalty, added to the gradient as in PyTorch');

export const sgdSchema = z.strictObject({ name: z.literal('sgd'), lr, weightDecay });
export const adamSchema = z.strictObject({ name: z.literal('adam'), lr, weightDecay });

export const optimizerSchema = z.discriminatedUnion('name', [sgdSchema, adamSchema]);

export const configSchema = z.strictObject({
  study: z.string().min(1).max(100),
  seed: z.int().min(0),
  epochs: z.int().min(1).max(10_000_000),
  batchSize: z.literal('full'),
  data: dataSchema,
  model: modelSchema,
  optimizer: optimizerSchema,
});

export type Config = z.infer<typeof configSchema>;
export type DataConfig = Config['data'];
export type ModelConfig = Config['model'];
export type OptimizerConfig = Config['optimizer'];

/** The parts of a config that come in kinds: each has a `name` that decides which other fields it has. */
export const KINDS = {
  data: { spiral: spiralDataSchema },
  model: { mlp: mlpSchema },
  optimizer: { sgd: sgdSchema, adam: adamSchema },
} as const;
