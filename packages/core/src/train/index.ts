export { demonstrate } from './demonstrations/index.ts';
export { ENGINE_NAMES, type Engine, type EngineName } from './engines/engine.ts';
export { ENGINE_CHOICES, type EngineChoice, loadEngine, parseEngine } from './engines/index.ts';
export type { BoundaryFrame } from './probes/boundary.ts';
export type { ActivationDistributions, ActivationLook } from './probes/distributions.ts';
export type { LossSurface } from './probes/surface.ts';
export { assertSameDType, empty, matmul } from './tensors.ts';
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
