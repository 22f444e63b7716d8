import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Rng } from '../src/index.ts';
import type { Binding, NativeBackend } from '../src/node/native/binding.ts';
import type { Step } from '../src/train/step/step.ts';
import { engine } from './both-ways.ts';

// As the runner has it, and before the engine loads: without oneDNN there is nothing to replace.
vi.hoisted(() => {
  process.env.TF_ENABLE_ONEDNN_OPTS = '1';
});

const SHAPE = [1, 9, 9, 2] as const;
/** Of so many, TensorFlow leaves some out as good as always. */
const POOLINGS = 36;
const COPIES = 4;
const POOLED = [1, 4, 4, 2] as const;

/**
 * A step of many poolings of windows that overlap, each with its own weights and with its own gradient from above, which
 * come to it by ways that have nothing in common.
 */
function manyPoolings(count: number): Step {
  const rng = Rng.of(1);
  const draw = (shape: readonly number[]) =>
    tf.variable(
      tf.tensor(
        Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, () => rng.normal()),
        [...shape],
      ),
    );
  const weights = Array.from({ length: count }, () => draw(SHAPE) as tf.Variable<tf.Rank.R4>);
  const above = Array.from({ length: count }, () => draw(POOLED) as tf.Variable<tf.Rank.R4>);
  return {
    state: [...weights, ...above],
    trained: count,
    constants: [],
    measures: ['loss'],
    shapeKey: () => '',
    inputs: () => [],
    run: () =>
      tf.tidy(() => {
        const { value, grads } = tf.variableGrads(
          () =>
            tf.addN(
              weights.map((weight, i) => tf.sum(tf.mul(tf.maxPool(weight, 3, 2, 'valid'), above[i] as tf.Tensor))),
            ),
          weights,
        );
        for (const weight of weights) weight.assign(tf.sub(weight, tf.mul(0.1, grads[weight.name] as tf.Tensor4D)));
        for (const from of above) from.assign(tf.mul(from, 0.9));
        return tf.stack([value]) as tf.Tensor1D;
      }),
    dispose: () => tf.dispose([...weights, ...above]),
  };
}

describe.skipIf(!engine)('overlapping max pooling in a graph', () => {
  const backend = () => tf.backend() as unknown as NativeBackend;
  const own = engine && backend().binding;
  afterEach(() => {
    if (own) backend().binding = own;
  });

  it('bug: a graph that is loaded anew gives the same bits (TensorFlow replaced now these ops, now those)', async () => {
    const addon = own as Binding;
    const copies: number[] = [];
    let copy = 0;
    const names = Object.getOwnPropertyNames(addon) as (keyof Binding)[];
    backend().binding = {
      ...(Object.fromEntries(names.map((name) => [name, addon[name]])) as unknown as Binding),
      loadSavedModel: (folder, tags) => {
        for (let i = 0; i < COPIES; i++) copies.push(addon.loadSavedModel(folder, tags));
        return copies[0] as number;
      },
      runSavedModel: (_, ...given) => addon.runSavedModel(copies[copy] as number, ...given),
    };
    const weightsBy = async () => {
      const step = manyPoolings(POOLINGS);
      const compiled = await engine?.compile?.(step);
      await compiled?.prepare(0);
      compiled?.run(0, 3);
      compiled?.writeBack();
      const weights = step.state.map((variable) => [...variable.dataSync()]);
      compiled?.dispose();
      step.dispose();
      return weights;
    };
    const first = await weightsBy();
    expect(copies).toHaveLength(COPIES);
    for (copy = 1; copy < copies.length; copy++) expect(await weightsBy()).toEqual(first);
  });
});
