const digits = { 'data.name': 'mnist', 'data.n': 1600, batchSize: 64, 'optimizer.weightDecay': 1e-5 };

const deep = { 'model.hidden': Array(20).fill(32) };

/**
 * The trainings: the values in which a config differs from the spiral study's defaults (the course's settings), and how
 * many steps one measurement takes.
 * @type {Record<string, { values: Record<string, unknown>, unit: string, steps: { compiled: number, eager: number, wasm: number } }>}
 */
export const CASES = {
  'spiral linear + SGD': {
    values: { 'model.activation': 'linear', 'optimizer.name': 'sgd' },
    unit: 'ms/epoch',
    steps: { compiled: 300, eager: 60, wasm: 40 },
  },
  'spiral ReLU + Adam': { values: {}, unit: 'ms/epoch', steps: { compiled: 300, eager: 60, wasm: 40 } },
  'spiral tanh + Adam': {
    values: { 'model.activation': 'tanh' },
    unit: 'ms/epoch',
    steps: { compiled: 300, eager: 60, wasm: 40 },
  },
  'spiral GELU + Adam': {
    values: { 'model.activation': 'gelu' },
    unit: 'ms/epoch',
    steps: { compiled: 300, eager: 40, wasm: 20 },
  },
  'tiny 2-8-8-2, batch 10, tanh + Adam': {
    values: {
      ...{ 'data.name': 'moons', 'data.n': 100, 'model.hidden': [8, 8] },
      ...{ 'model.activation': 'tanh', batchSize: 10 },
    },
    unit: 'ms/step',
    steps: { compiled: 3000, eager: 100, wasm: 100 },
  },
  'MLP 784-128-64-10, MNIST': {
    values: { ...digits, 'model.hidden': [128, 64] },
    unit: 'ms/step',
    steps: { compiled: 300, eager: 60, wasm: 20 },
  },
  'deep 20 x 32, ReLU + Adam': { values: deep, unit: 'ms/epoch', steps: { compiled: 40, eager: 10, wasm: 3 } },
  'deep 20 x 32, sigmoid + Adam': {
    values: { ...deep, 'model.activation': 'sigmoid' },
    unit: 'ms/epoch',
    steps: { compiled: 40, eager: 10, wasm: 3 },
  },
  'LeNet, MNIST': {
    values: { ...digits, 'model.name': 'lenet' },
    unit: 'ms/step',
    steps: { compiled: 200, eager: 25, wasm: 6 },
  },
  'small AlexNet, MNIST': {
    values: { ...digits, 'model.name': 'alexnet-small' },
    unit: 'ms/step',
    steps: { compiled: 200, eager: 25, wasm: 4 },
  },
};
