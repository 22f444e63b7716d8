import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { fieldOf } from '../src/config/paths.ts';
import { ACTIVATION_IDS, ACTIVATIONS, type Config, KINDS } from '../src/index.ts';
import type { Family } from '../src/kinds/kind.ts';
import { loadEngine } from '../src/node/index.ts';
import { activate } from '../src/train/layers/activations.ts';
import { buildOptimizer } from '../src/train/optimizers/optimizers.ts';

const FAMILIES: readonly (readonly [string, Family])[] = [...Object.entries(KINDS), ['activation', ACTIVATIONS]];
await loadEngine('cpu');

describe.each(FAMILIES)('the kinds of %s', (_, family) => {
  it('stand under their ids, each with a label of its own', () => {
    expect(Object.values(family).map(({ id }) => id)).toEqual(Object.keys(family));
    const labels = Object.values(family).map(({ label }) => label.toLowerCase());
    expect(new Set(labels).size).toBe(labels.length);
  });

  it('have one object for a field of one name and meaning, and no two fields that only read alike', () => {
    const seen = new Map<string, unknown>();
    for (const kind of Object.values(family)) {
      for (const key of Object.keys(kind.fields)) {
        const field = fieldOf(kind, key);
        const said = `${key}: ${field?.description}`;
        expect(seen.get(said) ?? field, `${said} of ${kind.id}`).toBe(field);
        seen.set(said, field);
      }
    }
  });
});

it('the types of a config are those of the kinds', () => {
  expectTypeOf<Config['optimizer']['name']>().toEqualTypeOf<
    'sgd' | 'momentum' | 'nesterov' | 'rmsprop' | 'adagrad' | 'adam' | 'adamw'
  >();
  expectTypeOf<Extract<Config['data'], { name: 'checkerboard' }>>().toEqualTypeOf<{
    name: 'checkerboard';
    n: number;
    noise: number;
    squares: number;
  }>();
  expectTypeOf<Config['model']['activation']>().toEqualTypeOf<keyof typeof ACTIVATIONS>();
});

it.each(ACTIVATION_IDS)('the function of %s on a number is the one on tensors', (id) => {
  const xs = [-20, -3, -1, -0.1, 0, 0.1, 1, 3, 20];
  const values = tf.tidy(() => Array.from(activate(id, tf.tensor1d(xs)).dataSync()));
  for (const [i, x] of xs.entries()) expect(values[i], `${id} of ${x}`).toBeCloseTo(ACTIVATIONS[id].facts.f(x), 5);
});

it.each(Object.values(KINDS.optimizer))('$id keeps as many numbers for a weight as its facts say', ({ id, facts }) => {
  const w = tf.variable(tf.zeros([3]));
  const config = { name: id, lr: 0.1, weightDecay: 0, momentum: 0.9 };
  const { slots, apply, scalars } = buildOptimizer(config as Config['optimizer'], [w]);
  expect(slots.map(({ size }) => size)).toEqual(Array.from({ length: facts.slots }, () => 3));
  apply(
    { [w.name]: tf.ones([3]) },
    scalars(1, 0.1).map((value) => tf.scalar(value)),
  );
  for (const slot of slots) expect(Array.from(slot.dataSync()), 'a slot that nothing changes').not.toEqual([0, 0, 0]);
});
