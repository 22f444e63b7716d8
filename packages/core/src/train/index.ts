export { demonstrate } from './demonstrations/index.ts';
export type { Engine } from './engines/engine.ts';
export { loadEngine } from './engines/index.ts';
export type { BoundaryFrame } from './probes/boundary.ts';
export type { ActivationDistributions, ActivationLook } from './probes/distributions.ts';
export type { LossSurface } from './probes/surface.ts';
export { assertSameDType, empty, matmul } from './tensors/tensors.ts';
export {
  dataOf,
  initialWeights,
  type StepMetrics,
  stepsOf,
  type TrainOptions,
  type TrainResult,
  testDataOf,
  train,
} from './train.ts';
