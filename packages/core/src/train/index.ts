export { demonstrate } from './demonstrations/index.ts';
export type { Engine } from './engines/engine.ts';
export { loadInBrowser } from './engines/in-browser.ts';
export { follow, type StepMetrics, type TrainEvent } from './events/events.ts';
export { prepareFrom } from './prepare.ts';
export { matmul } from './tensors/tensors.ts';
export { initialWeights, type TrainResult, train } from './train.ts';
