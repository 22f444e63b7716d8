import type { Scalar, Tensor, Tensor1D, Variable } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { OptimizerConfig } from '../../config/schema.ts';
import { OPTIMIZERS } from '../../kinds/optimizers/index.ts';
import type { RuleOf } from './rule.ts';
import { RULES } from './rules.ts';
import { type Scalars, scalarsOf } from './scalars.ts';

/** Updates variables by their gradients, and keeps state from step to step. */
export interface Optimizer {
  /** The state kept beside the variables themselves. */
  readonly slots: readonly Variable[];
  readonly scalars: Scalars;
  /** One update of every variable; `gradients` are by variable name. */
  apply(gradients: Record<string, Tensor>, scalars: readonly Scalar[]): void;
}

/** Variables up to this size are updated together, since a call for each would cost more than its arithmetic. */
const SMALL = 16_384;

/** Variables that are updated as one vector, with the slots of that vector. */
interface Group {
  readonly variables: readonly Variable[];
  readonly slots: readonly Variable[];
}

function groupsOf(variables: readonly Variable[], slots: number): Group[] {
  const small = variables.filter(({ size }) => size <= SMALL);
  const large = variables.filter(({ size }) => size > SMALL);
  const sets = [...(small.length > 0 ? [small] : []), ...large.map((variable) => [variable])];
  return sets.map((members) => {
    const size = members.reduce((sum, variable) => sum + variable.size, 0);
    const zeros = () => tf.tidy(() => tf.variable(tf.zeros([size]), false));
    return { variables: members, slots: Array.from({ length: slots }, zeros) };
  });
}

function asVector(tensors: readonly Tensor[]): Tensor1D {
  const flat = tensors.map((tensor) => tf.reshape(tensor, [tensor.size]) as Tensor1D);
  return flat.length === 1 ? (flat[0] as Tensor1D) : tf.concat1d(flat);
}

function assignFrom(vector: Tensor, variables: readonly Variable[]): void {
  const sizes = variables.map(({ size }) => size);
  const parts = sizes.length === 1 ? [vector] : tf.split(vector as Tensor1D, sizes);
  for (const [i, variable] of variables.entries()) {
    variable.assign(tf.reshape(parts[i] as Tensor, variable.shape));
  }
}

export function buildOptimizer(config: OptimizerConfig, variables: readonly Variable[]): Optimizer {
  const rule = (RULES[config.name] as RuleOf)(config as never);
  const groups = groupsOf(variables, OPTIMIZERS[config.name].facts.slots);
  return {
    slots: groups.flatMap(({ slots }) => slots),
    scalars: scalarsOf(config),
    apply: (gradients, scalars) =>
      tf.tidy(() => {
        for (const { variables, slots } of groups) {
          const g = asVector(variables.map(({ name }) => gradientOf(gradients, name)));
          const updated = rule.update(asVector(variables), g, slots, scalars);
          assignFrom(updated.w, variables);
          for (const [i, slot] of slots.entries()) slot.assign(updated.slots[i] as Tensor);
        }
      }),
  };
}

function gradientOf(gradients: Record<string, Tensor>, name: string): Tensor {
  const gradient = gradients[name];
  if (!gradient) throw new Error(`no gradient for the variable ${name}`);
  return gradient;
}
