import type { ModelConfig } from '../../config/schema.ts';
import { FEATURE } from './dense.ts';
import { planStack } from './dense-stack.ts';
import type { Network, Planning } from './network.ts';
import { ROWS } from './plan.ts';

/** This many panels of activations stay in the first-level cache from the forward to the backward pass. */
const PANELS_OF_BLOCK = 16;

/** Plans the MLP of train/models/mlp.ts. */
export function planMlp(
  { hidden, activation, block }: Extract<ModelConfig, { name: 'mlp' }>,
  planning: Planning,
): Network {
  const { rows, shape } = planning;
  const features = shape.reduce((product, side) => product * side, 1);
  const panels = Math.ceil(rows / ROWS);
  // Batch normalisation needs all rows at once.
  const panelsOfBlock = block.endsWith('batch-norm') ? panels : Math.min(PANELS_OF_BLOCK, panels);
  const stack = planStack(planning, {
    features,
    hidden,
    activation,
    block,
    panelsOfBlock,
    input: ({ x }) => [x.at, panelsOfBlock * features * FEATURE],
  });
  return {
    ...stack,
    panelsOfBlock,
    batchWords: panels * ROWS * features,
    gather: (program, { x, rows }, data, from) => program.op('gatherRows', ...data, ...from, x.at, features, rows),
  };
}
