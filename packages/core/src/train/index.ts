export { ENGINE_NAMES, type Engine, type EngineName } from './engines/engine.ts';
export { ENGINE_CHOICES, type EngineChoice, loadEngine, parseEngine } from './engines/index.ts';
export type { BoundaryFrame } from './probes/boundary.ts';
export { assertSameDType, matmul } from './tensors.ts';
export {
  dataOf,
  initialWeights,
  type StepMetrics,
  stepsOf,
  type TrainOptions,
  type TrainResult,
  train,
} from './train.ts';
