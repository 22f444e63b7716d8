import { z } from 'zod';
import { ACTIVATION_IDS } from '../registries/activations.ts';

// The complete input of a run. Nothing that changes the result lives outside it, so that the same config gives
// the same run. Every object is strict: a misspelt field is an error, never ignored. A field that a kind may leave
// out has its default here, and a parsed config has every field.

const size = (label: string) => z.int().min(1).max(100_000).describe(label);

const perClass = z.int().min(2).max(1_000_000).describe('points per class');
const classes = z.int().min(2).max(100);

const spiralDataSchema = z.strictObject({
  name: z.literal('spiral'),
  n: perClass.default(1000),
  classes: classes.default(3),
  noise: z.number().min(0).max(10).default(0.2).describe('standard deviation of the angle, in radians'),
});

const planar = <N extends string>(name: N, noise = 0.1) =>
  z.strictObject({
    name: z.literal(name),
    n: perClass.default(1000),
    noise: z.number().min(0).max(10).default(noise).describe('standard deviation of each coordinate'),
  });
const moonsDataSchema = planar('moons');
const circlesDataSchema = planar('circles');
const xorDataSchema = planar('xor');
const gaussiansDataSchema = planar('gaussians', 0.4).extend({ classes: classes.default(3) });
const checkerboardDataSchema = planar('checkerboard', 0.02).extend({
  squares: z.int().min(2).max(100).default(4).describe('squares a side'),
});

const mnistDataSchema = z.strictObject({
  name: z.literal('mnist'),
  n: z.int().min(10).max(8000).default(8000).describe('digits to train on'),
  augment: z
    .enum(['none', 'shift'])
    .default('none')
    .describe('shift: in every step each digit is moved by up to 2 pixels in both directions'),
});

const csvDataSchema = z.strictObject({
  name: z.literal('csv'),
  path: z.string().min(1).max(4096).describe('file; whorl run makes it absolute'),
  label: z.string().max(4096).default('').describe('column of the classes; empty: the last one'),
  header: z
    .boolean()
    .optional() // no default: configs of before would differ from those of now
    .describe('whether the first row names the columns; left out: it must do so beyond doubt'),
  holdout: z.number().gt(0).lt(1).default(0.2).describe('share of the rows kept for testing'),
  standardize: z.boolean().default(true).describe('features to mean 0 and standard deviation 1 of the training rows'),
  sha256: z
    .string()
    .regex(/^([0-9a-f]{64})?$/, { error: 'expected a SHA-256 as 64 digits of 0-9 and a-f' })
    .default('')
    .describe("of the file's contents; whorl run fills it in"),
});

const dataSchema = z.discriminatedUnion('name', [
  spiralDataSchema,
  moonsDataSchema,
  circlesDataSchema,
  xorDataSchema,
  gaussiansDataSchema,
  checkerboardDataSchema,
  mnistDataSchema,
  csvDataSchema,
]);

const activation = z.enum(ACTIVATION_IDS);
const init = z.enum(['pytorch', 'xavier', 'he']).describe('how the first weights are drawn');
const dropout = z.number().min(0).lt(1).describe('share of units that a dropout layer drops');

const mlpSchema = z.strictObject({
  name: z.literal('mlp'),
  hidden: z.array(size('units of a hidden layer')).max(100).default([100]),
  activation: activation.default('relu'),
  block: z
    .enum(['plain', 'residual', 'batch-norm', 'residual-batch-norm'])
    .default('plain')
    .describe('residual: a hidden layer adds its input, where both are as wide; batch-norm: before its activation'),
  init: init.default('pytorch'),
  dropout: dropout.default(0),
});

const pooling = z.enum(['average', 'max']).describe('average: 2 x 2; max: overlapping, 3 x 3 with stride 2');
const filters = z.array(size('filters of a convolution')).min(2).max(8);
const dense = z.array(size('units of a dense layer')).max(10);

const lenetSchema = z.strictObject({
  name: z.literal('lenet'),
  activation: activation.default('tanh'),
  pooling: pooling.default('average'),
  filters: filters.default([6, 16]),
  dense: dense.default([120, 84]),
  dropout: dropout.default(0),
  init: init.default('pytorch'),
});

const alexnetSmallSchema = z.strictObject({
  name: z.literal('alexnet-small'),
  activation: activation.default('relu'),
  pooling: pooling.default('max'),
  filters: filters.default([8, 24, 32, 32, 24]),
  dense: dense.default([256, 256]),
  dropout: dropout.default(0.5),
  init: init.default('pytorch'),
});

const modelSchema = z.discriminatedUnion('name', [mlpSchema, lenetSchema, alexnetSmallSchema]);

const stable = z.boolean().default(true).describe('whether it is computed in the form that does not overflow');

const softmaxCrossEntropySchema = z.strictObject({ name: z.literal('softmax-cross-entropy'), stable });
const sigmoidCrossEntropySchema = z.strictObject({ name: z.literal('sigmoid-cross-entropy'), stable });
const softmaxSquaredErrorSchema = z.strictObject({ name: z.literal('softmax-squared-error'), stable });
const squaredErrorSchema = z.strictObject({ name: z.literal('squared-error') });

const lossSchema = z.discriminatedUnion('name', [
  softmaxCrossEntropySchema,
  sigmoidCrossEntropySchema,
  softmaxSquaredErrorSchema,
  squaredErrorSchema,
]);

const lr = z.number().positive().max(1e6).default(1e-3).describe('learning rate');
const weightDecay = z
  .number()
  .min(0)
  .max(1e6)
  .describe('L2 penalty, added to the gradient as in PyTorch (adamw: taken off the weights)');
const momentum = z.number().min(0).lt(1).default(0.9);

const plain = <N extends string>(name: N) =>
  z.strictObject({ name: z.literal(name), lr, weightDecay: weightDecay.default(0) });
const sgdSchema = plain('sgd');
const rmspropSchema = plain('rmsprop');
const adagradSchema = plain('adagrad');
const adamSchema = plain('adam');
const adamwSchema = z.strictObject({ name: z.literal('adamw'), lr, weightDecay: weightDecay.default(0.01) });
const momentumSchema = plain('momentum').extend({ momentum });
const nesterovSchema = plain('nesterov').extend({ momentum });

const optimizerSchema = z.discriminatedUnion('name', [
  sgdSchema,
  momentumSchema,
  nesterovSchema,
  rmspropSchema,
  adagradSchema,
  adamSchema,
  adamwSchema,
]);

const factor = z.number().positive().max(1).describe('what the learning rate is multiplied by');

const constantSchema = z.strictObject({ name: z.literal('constant') });
const stepSchema = z.strictObject({
  name: z.literal('step'),
  every: z.int().min(1).max(10_000_000).default(30).describe('epochs'),
  factor: factor.default(0.1),
});
const exponentialSchema = z.strictObject({ name: z.literal('exponential'), factor: factor.default(0.99) });
const cosineSchema = z.strictObject({ name: z.literal('cosine') });

const scheduleSchema = z.discriminatedUnion('name', [constantSchema, stepSchema, exponentialSchema, cosineSchema]);

export const configSchema = z.strictObject({
  study: z.string().min(1).max(100),
  seed: z.int().min(0),
  epochs: z.int().min(1).max(10_000_000),
  batchSize: z.union([z.literal('full'), z.int().min(1).max(1_000_000)], {
    error: 'expected "full" or a whole number from 1 on',
  }),
  data: dataSchema,
  model: modelSchema,
  loss: lossSchema.default({ name: 'softmax-cross-entropy', stable: true }),
  optimizer: optimizerSchema,
  schedule: scheduleSchema.default({ name: 'constant' }),
});

export type Config = z.infer<typeof configSchema>;
export type DataConfig = Config['data'];
export type ModelConfig = Config['model'];
export type LossConfig = Config['loss'];
export type OptimizerConfig = Config['optimizer'];
export type ScheduleConfig = Config['schedule'];

/** The parts of a config that come in kinds: each has a `name` that decides which other fields it has. */
export const KINDS = {
  data: {
    spiral: spiralDataSchema,
    moons: moonsDataSchema,
    circles: circlesDataSchema,
    xor: xorDataSchema,
    gaussians: gaussiansDataSchema,
    checkerboard: checkerboardDataSchema,
    mnist: mnistDataSchema,
    csv: csvDataSchema,
  },
  model: { mlp: mlpSchema, lenet: lenetSchema, 'alexnet-small': alexnetSmallSchema },
  loss: {
    'softmax-cross-entropy': softmaxCrossEntropySchema,
    'sigmoid-cross-entropy': sigmoidCrossEntropySchema,
    'softmax-squared-error': softmaxSquaredErrorSchema,
    'squared-error': squaredErrorSchema,
  },
  optimizer: {
    sgd: sgdSchema,
    momentum: momentumSchema,
    nesterov: nesterovSchema,
    rmsprop: rmspropSchema,
    adagrad: adagradSchema,
    adam: adamSchema,
    adamw: adamwSchema,
  },
  schedule: {
    constant: constantSchema,
    step: stepSchema,
    exponential: exponentialSchema,
    cosine: cosineSchema,
  },
} as const;
