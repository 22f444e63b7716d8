import type { Scalar, Tensor, Tensor1D, Variable } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { OptimizerConfig } from '../../config/schema.ts';

/** Changes variables by their gradients, and keeps what it needs from step to step. */
export interface Optimizer {
  /** What it keeps from step to step beside the variables themselves. */
  readonly slots: readonly Variable[];
  /** The numbers that may differ from step to step, computed in double precision; `step` counts from 1. */
  scalars(step: number, lr: number): readonly number[];
  /** One update of every variable. `gradients` by variable name; `scalars` as tensors. */
  apply(gradients: Record<string, Tensor>, scalars: readonly Scalar[]): void;
}

interface Updated {
  readonly w: Tensor;
  readonly slots: readonly Tensor[];
}

/** The arithmetic of an optimizer on weights `w` and their gradient `g`, both of one shape. */
interface Rule {
  /** How many values of the weights' shape it keeps; all start as zeros. */
  readonly slots: number;
  readonly scalars: (step: number, lr: number) => readonly number[];
  readonly update: (w: Tensor, g: Tensor, slots: readonly Tensor[], scalars: readonly Scalar[]) => Updated;
}

type Of<N extends OptimizerConfig['name']> = Extract<OptimizerConfig, { name: N }>;

// The constants are PyTorch's defaults (torch/optim); TF.js and Keras have others, such as Adam's eps of 1e-7.
const BETA1 = 0.9;
const BETA2 = 0.999;
const EPS = 1e-8;
const RMSPROP_ALPHA = 0.99;
const ADAGRAD_EPS = 1e-10;

const onlyLr = (_step: number, lr: number): readonly number[] => [lr];

function first(scalars: readonly Scalar[]): Scalar {
  const [scalar] = scalars;
  if (!scalar) throw new Error('expected the learning rate among the scalars');
  return scalar;
}

const first2 = (tensors: readonly Tensor[]): [Tensor, Tensor] => [tensors[0] as Tensor, tensors[1] as Tensor];

/** torch/optim: L2 is added to the gradient before anything else looks at it. */
const withDecay = (w: Tensor, g: Tensor, weightDecay: number): Tensor =>
  weightDecay === 0 ? g : tf.add(g, tf.mul(w, weightDecay));

/** p <- p - lr g (torch/optim/sgd.py without momentum). */
const sgd = ({ weightDecay }: Of<'sgd'>): Rule => ({
  slots: 0,
  scalars: onlyLr,
  update: (w, g, _, scalars) => ({
    w: tf.sub(w, tf.mul(withDecay(w, g, weightDecay), first(scalars))),
    slots: [],
  }),
});

/**
 * b <- momentum b + g; p <- p - lr b, or with Nesterov's look ahead p <- p - lr (g + momentum b) (torch/optim/sgd.py
 * without dampening).
 */
const withMomentum =
  (nesterov: boolean) =>
  ({ weightDecay, momentum }: Of<'momentum' | 'nesterov'>): Rule => ({
    slots: 1,
    scalars: onlyLr,
    update: (w, gradient, [buffer], scalars) => {
      const g = withDecay(w, gradient, weightDecay);
      const b = tf.add(tf.mul(buffer as Tensor, momentum), g);
      const direction = nesterov ? tf.add(g, tf.mul(b, momentum)) : b;
      return { w: tf.sub(w, tf.mul(direction, first(scalars))), slots: [b] };
    },
  });

/** v <- alpha v + (1 - alpha) g^2; p <- p - lr g / (sqrt(v) + eps) (torch/optim/rmsprop.py). */
const rmsprop = ({ weightDecay }: Of<'rmsprop'>): Rule => ({
  slots: 1,
  scalars: onlyLr,
  update: (w, gradient, [slot], scalars) => {
    const g = withDecay(w, gradient, weightDecay);
    const v = tf.add(tf.mul(slot as Tensor, RMSPROP_ALPHA), tf.mul(tf.square(g), 1 - RMSPROP_ALPHA));
    return { w: tf.sub(w, tf.mul(tf.div(g, tf.add(tf.sqrt(v), EPS)), first(scalars))), slots: [v] };
  },
});

/** s <- s + g^2; p <- p - lr g / (sqrt(s) + eps) (Duchi et al. 2011; torch/optim/adagrad.py). */
const adagrad = ({ weightDecay }: Of<'adagrad'>): Rule => ({
  slots: 1,
  scalars: onlyLr,
  update: (w, gradient, [slot], scalars) => {
    const g = withDecay(w, gradient, weightDecay);
    const s = tf.add(slot as Tensor, tf.square(g));
    return { w: tf.sub(w, tf.mul(tf.div(g, tf.add(tf.sqrt(s), ADAGRAD_EPS)), first(scalars))), slots: [s] };
  },
});

/** Adam's moments and its step, in the arithmetic of torch/optim/adam.py: eps is added after the corrected root. */
function adamStep(w: Tensor, g: Tensor, slots: readonly Tensor[], stepSize: Tensor, root: Tensor): Updated {
  const [m0, v0] = first2(slots);
  const m = tf.add(m0, tf.mul(tf.sub(g, m0), 1 - BETA1));
  const v = tf.add(tf.mul(v0, BETA2), tf.mul(tf.square(g), 1 - BETA2));
  const denominator = tf.add(tf.div(tf.sqrt(v), root), EPS);
  return { w: tf.sub(w, tf.mul(tf.div(m, denominator), stepSize)), slots: [m, v] };
}

const corrections = (step: number, lr: number): [number, number] => [
  lr / (1 - BETA1 ** step),
  Math.sqrt(1 - BETA2 ** step),
];

/** Kingma and Ba 2015; the bias corrections are computed in double precision. */
const adam = ({ weightDecay }: Of<'adam'>): Rule => ({
  slots: 2,
  scalars: corrections,
  update: (w, g, slots, scalars) => adamStep(w, withDecay(w, g, weightDecay), slots, ...first2(scalars)),
});

/** Loshchilov and Hutter 2019: the decay p <- p - lr weightDecay p stands beside the gradient (torch/optim/adamw.py). */
const adamw = ({ weightDecay }: Of<'adamw'>): Rule => ({
  slots: 2,
  scalars: (step, lr) => [...corrections(step, lr), 1 - lr * weightDecay],
  update: (w, g, slots, scalars) => adamStep(tf.mul(w, scalars[2] as Tensor), g, slots, ...first2(scalars)),
});

const RULES: { [N in OptimizerConfig['name']]: (config: Of<N>) => Rule } = {
  sgd,
  momentum: withMomentum(false),
  nesterov: withMomentum(true),
  rmsprop,
  adagrad,
  adam,
  adamw,
};

/** Variables up to this size are updated together: for them a call costs more than its arithmetic. */
const SMALL = 16_384;

/** Variables that are updated as one vector, and the slots of that vector. */
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
  const rule = (RULES[config.name] as (config: OptimizerConfig) => Rule)(config);
  const groups = groupsOf(variables, rule.slots);
  return {
    slots: groups.flatMap(({ slots }) => slots),
    scalars: rule.scalars,
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
