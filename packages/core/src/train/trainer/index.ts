export type { DataSet } from '../../data/data-set.ts';
export { PORTABLE_VERSIONS } from '../portable/module.ts';
export { type Prepared, prepareFrom } from '../prepare.ts';
export { extentOf, planePoints } from '../probes/plane.ts';
export type { NetworkState } from './dense-network.ts';
export { type Evaluator, openEvaluator } from './evaluator.ts';
export { openTrainer, type Trainer } from './trainer.ts';
export { withoutNorms } from './without-norms.ts';
