const digits = { 'data.name': 'mnist', 'data.n': 1600, batchSize: 64, 'optimizer.weightDecay': 1e-5 };

/**
 * What is trained: the paths in which a config differs from the spiral study's defaults (the course's settings), and how
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
