import type { Config } from '../../config/schema.ts';
import type { DataSet } from '../../data/data-set.ts';
import { Rng } from '../../random/rng.ts';
import { Batches } from '../batches/batches.ts';
import { inputsOfStep } from '../batches/inputs-of-step.ts';
import { scalarsOf } from '../optimizers/scalars.ts';
import { lower } from '../portable/lower.ts';
import { kernelsOf, type NetworkState } from './network-state.ts';

/** The curvature of the loss over all rows. */
export interface Curvature {
  /**
   * The eigenvalue of the Hessian that is largest in size, by some power iterations. They go on from the direction that was found
   * before: where the weights have moved little, few are enough.
   */
  largest({ weights }: NetworkState, iterations: number): number;
}

/** A step this long leaves the gradient in the weights with all of its bits. A power of two, so that dividing by it rounds nothing. */
const LR = 1024;
/** Half of the distance between the two gradients whose difference is H v. */
const REACH = 0.01;

/**
 * Plans gradients of the network of a config over all rows, without dropout and weight decay.
 * @throws UncompilableError where memory is short
 */
export async function openCurvature(of: Config, data: DataSet): Promise<Curvature> {
  const config: Config = {
    ...of,
    batchSize: 'full',
    model: { ...of.model, dropout: 0 },
    optimizer: { name: 'sgd', lr: LR, weightDecay: 0 },
    schedule: { name: 'constant' },
  };
  const batches = new Batches(data.count, 'full', Rng.of(0));
  const sources = { batches, shape: data.shape, masks: [], scalars: scalarsOf(config.optimizer), lr: () => LR };
  const { trained, run } = await lower({
    ...{ config, data, batches, inputs: (step) => inputsOfStep(sources, step) },
    ...{ augments: false, dropouts: 0, probes: false, width: 2 },
  });
  const rng = Rng.of(0).split('direction');
  const sizes = kernelsOf(config, data).flatMap(({ shape }) => [
    shape.reduce((product, side) => product * side, 1),
    shape.at(-1) ?? 0,
  ]);
  let direction = unit(sizes.map((length) => Float64Array.from({ length }, () => rng.uniform(-1, 1))));

  /** The gradient at the weights, moved along the direction. */
  function gradientAt(weights: readonly Float32Array[], along: number): Float64Array[] {
    const moved = weights.map((values, i) => values.map((w, at) => w + along * (direction[i]?.[at] ?? 0)));
    for (const [i, values] of moved.entries()) trained[i]?.write(values);
    run(0, 1);
    return moved.map((values, i) => {
      const after = trained[i]?.read() ?? values;
      return Float64Array.from(values, (w, at) => (w - (after[at] as number)) / LR);
    });
  }

  return {
    largest: ({ weights }, iterations) => {
      let quotient = Number.NaN;
      for (let i = 0; i < iterations; i++) {
        const [ahead, behind] = [gradientAt(weights, REACH), gradientAt(weights, -REACH)];
        const product = ahead.map((values, part) =>
          values.map((value, at) => (value - (behind[part]?.[at] as number)) / (2 * REACH)),
        );
        quotient = dot(direction, product);
        const next = unit(product);
        // A gradient that is no number, or 0 all around, leads nowhere.
        if (!next.every((values) => values.every(Number.isFinite))) return quotient;
        direction = next;
      }
      return quotient;
    },
  };
}

const dot = (a: readonly Float64Array[], b: readonly Float64Array[]): number =>
  a.reduce((sum, values, i) => values.reduce((inner, value, at) => inner + value * (b[i]?.[at] as number), sum), 0);

function unit(vector: readonly Float64Array[]): Float64Array[] {
  const length = Math.sqrt(dot(vector, vector));
  return vector.map((values) => values.map((value) => value / length));
}
