import type { Config } from '../../config/schema.ts';
import type { DataSet } from '../../data/data-set.ts';
import { FEATURE } from '../portable/dense.ts';
import { planStack } from '../portable/dense-stack.ts';
import type { Network, Planning, Vectors } from '../portable/network.ts';
import { planNetwork } from '../portable/networks.ts';
import { Parameters } from '../portable/parameters.ts';
import { type MemoryPlan, ROWS } from '../portable/plan.ts';

/** A network that only goes forward. */
export interface ForwardNetwork
  extends Pick<Network, 'logits' | 'activations' | 'begin' | 'forward' | 'panelsOfBlock' | 'batchWords' | 'gather'> {
  readonly parameters: Parameters;
  /** Its parameters. */
  readonly w: Vectors['w'];
}

/** Plans the network of a config for some rows, in inference mode: nothing is dropped, and a batch norm is no layer of its own. */
export function planForward(plan: MemoryPlan, { model }: Config, { count, shape, features, classes }: DataSet) {
  const parameters = new Parameters();
  let vectors: Vectors | undefined;
  const planning: Planning = {
    ...{ plan, parameters, vectors: () => vectors as Vectors },
    ...{ rows: count, shape, classes, masks: [], mostlyZero: false },
  };
  const panels = Math.ceil(count / ROWS);
  const network: Omit<ForwardNetwork, 'parameters' | 'w'> =
    model.name === 'mlp'
      ? {
          // All rows in one block, so that all logits are there in the end.
          ...planStack(planning, {
            ...{ features, hidden: model.hidden, activation: model.activation, panelsOfBlock: panels },
            block: model.block.startsWith('residual') ? 'residual' : 'plain',
            input: ({ x }) => [x.at, panels * features * FEATURE],
          }),
          panelsOfBlock: panels,
          batchWords: panels * ROWS * features,
          gather: (program, { x, rows }, data, from) =>
            program.op('gatherRows', ...data, ...from, x.at, features, rows),
        }
      : planNetwork(model, planning);
  vectors = { w: parameters.plan(plan), g: parameters.plan(plan) };
  return { ...network, parameters, w: vectors.w } satisfies ForwardNetwork;
}
