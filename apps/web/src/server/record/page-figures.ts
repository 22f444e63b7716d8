import type { Stated } from '@whorl/core';

// The numbers of runs that sentences of concept pages state (`<Measured of="...">`), by the page's study. Each names its
// configuration, and what must be so for its sentence to hold in both languages. What the page has in writing is the mean of
// the quick plan, three seeds, as it was when the page was written.

type Bounds = Omit<Stated, 'metric' | 'values'>;

const SGD = { 'optimizer.name': 'sgd' } as const;
const LINEAR = { 'model.activation': 'linear' } as const;

const accuracy = (values: Stated['values'], bounds: Bounds): Stated => ({ metric: 'trainAccuracy', values, ...bounds });
const activation = (name: string, bounds: Bounds): Stated => accuracy({ 'model.activation': name }, bounds);

const trainLoss = (values: Stated['values'], bounds: Bounds): Stated => ({ metric: 'trainLoss', values, ...bounds });
const rate = (optimizer: string, lr: number, bounds: Bounds): Stated =>
  trainLoss({ 'optimizer.name': optimizer, 'optimizer.lr': lr }, bounds);

const steps = (loss: string, bounds: Bounds): Stated => ({
  metric: 'stepsTo90',
  values: { 'loss.name': loss },
  ...bounds,
});
const calibration = (loss: string, bounds: Bounds): Stated => ({
  metric: 'ece',
  values: { 'loss.name': loss },
  ...bounds,
});

const DEEP = { 'model.hidden': [32, 32, 32, 32, 32, 32] } as const;
const CONVOLUTIONAL = {
  'model.name': 'lenet',
  'data.name': 'mnist',
  'data.n': 1000,
  batchSize: 64,
  epochs: 5,
} as const;

const TWENTY = { 'model.hidden': new Array(20).fill(32), 'model.init': 'pytorch' } as const;

/** The first layer's gradient over the last one's before training, through 20 hidden layers. */
const arriving = (values: Stated['values'], bounds: Bounds): Stated => ({
  metric: 'initialGradientRatio',
  values: { ...TWENTY, ...values },
  byPowers: true,
  ...bounds,
});

const WIDE = { 'model.hidden': [864] } as const;
const NARROW = { 'model.hidden': new Array(8).fill(24) } as const;
const CHECKERBOARD = { 'data.name': 'checkerboard', 'data.n': 200, 'data.noise': 0.05 } as const;

/** The sizes of the quick plan. */
const LADDER = { 'data.n': 2000, epochs: 20 } as const;
const MLP = { 'model.activation': 'relu' } as const;
const LENET = { 'model.name': 'lenet', 'model.activation': 'relu' } as const;
const PERMUTED = { 'data.permuted': true } as const;
const tested = (values: Stated['values'], bounds: Bounds): Stated => ({ metric: 'testAccuracy', values, ...bounds });

export const PAGE_FIGURES: Readonly<Record<string, Readonly<Record<string, Stated>>>> = {
  spiral: {
    courseLinear: accuracy({ ...LINEAR, ...SGD }, { most: 0.6 }),
    courseRelu: accuracy({}, { least: 0.9 }),
    reluStarved: accuracy(SGD, { most: 0.7 }),
    reluSgd: accuracy({ ...SGD, 'optimizer.lr': 1 }, { least: 0.98 }),
    linearSgd: accuracy({ ...LINEAR, ...SGD, 'optimizer.lr': 1 }, { most: 0.6 }),
    linearAdam: accuracy({ ...LINEAR, 'optimizer.lr': 0.01 }, { most: 0.6 }),
  },
  activations: {
    linear: activation('linear', { most: 0.6 }),
    sigmoid: activation('sigmoid', { most: 0.65 }),
    softplus: activation('softplus', { most: 0.65 }),
    swish: activation('swish', { least: 0.6 }),
    leakyRelu: activation('leaky-relu', { least: 0.85 }),
  },
  'learning-rate': {
    adamBest: rate('adam', 0.01, { most: 0.1 }),
    sgdBest: rate('sgd', 1, { most: 0.2 }),
    sgdSmall: rate('sgd', 1e-4, { least: 1 }),
    sgdHuge: rate('sgd', 10, { least: 1.1 }),
  },
  softmax: {
    stepsSoftmax: steps('softmax-cross-entropy', {}),
    stepsSquaredProbabilities: steps('softmax-squared-error', { below: { 'loss.name': 'softmax-cross-entropy' } }),
    stepsSquared: steps('squared-error', { below: { 'loss.name': 'softmax-cross-entropy' } }),
    eceSoftmax: calibration('softmax-cross-entropy', { least: 0.05, below: { 'loss.name': 'squared-error' } }),
    eceSquared: calibration('squared-error', {}),
    eceSquaredProbabilities: calibration('softmax-squared-error', {}),
  },
  optimizers: {
    shallowAdam: trainLoss({ 'optimizer.lr': 0.1 }, { below: { ...SGD, 'optimizer.lr': 0.1 } }),
    shallowSgd: trainLoss({ ...SGD, 'optimizer.lr': 0.1 }, {}),
    deepAdam: trainLoss({ ...DEEP, 'optimizer.lr': 0.01 }, { below: { ...DEEP, ...SGD, 'optimizer.lr': 0.1 } }),
    deepSgd: trainLoss({ ...DEEP, ...SGD, 'optimizer.lr': 0.1 }, {}),
    convolutionalAdam: trainLoss(
      { ...CONVOLUTIONAL, 'optimizer.lr': 0.01 },
      { below: { ...CONVOLUTIONAL, ...SGD, 'optimizer.lr': 0.1 } },
    ),
    convolutionalSgd: trainLoss({ ...CONVOLUTIONAL, ...SGD, 'optimizer.lr': 0.1 }, {}),
  },
  'vanishing-gradients': {
    sigmoid: arriving({}, { most: -6 }),
    residual: arriving({ 'model.block': 'residual' }, { least: -6 }),
    batchNorm: arriving({ 'model.block': 'batch-norm' }, { least: -2 }),
    reluPytorch: arriving({ 'model.activation': 'relu' }, { most: -3 }),
    reluHe: arriving({ 'model.activation': 'relu', 'model.init': 'he' }, { least: -2 }),
    plainAccuracy: accuracy(TWENTY, { most: 0.4 }),
    batchNormAccuracy: accuracy({ ...TWENTY, 'model.block': 'batch-norm' }, { least: 0.6 }),
  },
  'width-vs-depth': {
    wide: tested({ ...CHECKERBOARD, ...WIDE }, {}),
    deep: tested({ ...CHECKERBOARD, ...NARROW }, {}),
  },
  'lenet-vs-alexnet': {
    lenet: tested(LADDER, { least: 0.85 }),
    relu: tested({ ...LADDER, 'model.activation': 'relu' }, {}),
    small: tested(
      {
        ...LADDER,
        ...{ 'model.activation': 'relu', 'model.pooling': 'max', 'model.filters': [12, 32, 32, 32, 32] },
        ...{ 'model.dropout': 0.5, 'data.augment': 'shift' },
      },
      { least: 0.85, below: { ...LADDER, 'model.activation': 'tanh' } },
    ),
  },
  repeatability: {
    few100: tested({}, {}),
    few110: tested({ 'model.hidden': [110] }, {}),
    many100: tested({ 'data.n': 500 }, {}),
    many110: tested({ 'data.n': 500, 'model.hidden': [110] }, {}),
  },
  'mlp-vs-cnn': {
    mlp: tested(MLP, { below: LENET }),
    cnn: tested(LENET, { least: 0.9 }),
    mlpPermuted: tested({ ...MLP, ...PERMUTED }, {}),
    cnnPermuted: tested({ ...LENET, ...PERMUTED }, { below: LENET }),
  },
};
