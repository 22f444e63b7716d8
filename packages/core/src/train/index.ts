export { demonstrate } from './demonstrations/index.ts';
export type { Engine } from './engines/engine.ts';
export { loadEngine } from './engines/index.ts';
export type { BoundaryFrame } from './probes/boundary.ts';
export type { ActivationDistributions } from './probes/distributions.ts';
export { matmul } from './tensors/tensors.ts';
export { dataOf, initialWeights, type StepMetrics, stepsOf, type TrainResult, testDataOf, train } from './train.ts';
