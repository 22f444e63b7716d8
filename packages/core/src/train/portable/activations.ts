import { ACTIVATIONS, type ActivationId } from '../../kinds/activations/index.ts';
import { ofKind } from './of-kind.ts';
import type { MemoryPlan, Part } from './plan.ts';
import type { Program } from './program.ts';

/** What the derivative of an activation is computed from, by the numbers of assembly/slopes.ts. */
const SLOPES = { none: 0, relu: 1, tanh: 2, sigmoid: 3, kept: 4 } as const;

interface Kernel {
  /** Null where nothing is to be done. */
  readonly op: Parameters<Program['op']>[0] | null;
  readonly slope: number;
}

const KERNELS = {
  linear: { op: null, slope: SLOPES.none },
  relu: { op: 'actRelu', slope: SLOPES.relu },
  tanh: { op: 'actTanh', slope: SLOPES.tanh },
  sigmoid: { op: 'actSigmoid', slope: SLOPES.sigmoid },
  'leaky-relu': { op: 'actLeakyRelu', slope: SLOPES.kept },
  elu: { op: 'actElu', slope: SLOPES.kept },
  gelu: { op: 'actGelu', slope: SLOPES.kept },
  swish: { op: 'actSwish', slope: SLOPES.kept },
  softplus: { op: 'actSoftplus', slope: SLOPES.kept },
} satisfies { [N in ActivationId]?: Kernel };

/** An activation function in place on some words; its derivative may need as many words beside them. */
export interface PlannedActivation {
  readonly slope: number;
  /** The address of what `slope` is computed from in the backward pass. */
  readonly slopeAt: number;
  /** Whether the function maps 0 to another value. */
  readonly movesZero: boolean;
  forward(program: Program, features: number): void;
}

export function planActivation(plan: MemoryPlan, id: ActivationId, output: Part): PlannedActivation {
  const { op, slope } = ofKind<Kernel>(KERNELS, 'activation', id);
  const derivative = slope === SLOPES.kept ? plan.words(output.length) : null;
  return {
    slope,
    movesZero: ACTIVATIONS[id].facts.f(0) !== 0,
    slopeAt: (derivative ?? output).at,
    forward: (program, features) => {
      if (op) program.op(op, output.at, features, ...(derivative ? [derivative.at] : []));
    },
  };
}

export const NO_SLOPE = SLOPES.none;
