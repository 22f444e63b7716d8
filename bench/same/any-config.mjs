import { ACTIVATION_IDS, buildConfig, KINDS, STUDIES } from '@whorl/core';

// Random configs of every kind, all tiny. Kinds and fields are those of core: a new field without values here is an
// error.

/** @typedef {import('@whorl/core').Rng} Rng */
/** @typedef {import('@whorl/core').Config} Config */

/** @typedef {'data' | 'model' | 'loss' | 'optimizer' | 'schedule'} Part */

/** The kinds of a part with their fields. @param {Part} part @returns {Map<string, readonly string[]>} */
const kindsOf = (part) =>
  new Map(Object.values(KINDS[part]).map(({ id, fields }) => [id, ['name', ...Object.keys(fields)]]));

/** @template T @param {Rng} rng @param {readonly T[]} items */
const any = (rng, items) => /** @type {T} */ (items[Math.floor(rng.uniform(0, items.length))]);
/** @param {Rng} rng @param {number} low @param {number} high the greatest */
const whole = (rng, low, high) => Math.floor(rng.uniform(low, high + 1));

/** @type {Record<string, (rng: Rng, kind: string, csv: string) => unknown>} */
const FIELDS = {
  'data.n': (rng, kind) => (kind === 'mnist' ? whole(rng, 10, 24) : whole(rng, 2, 24)),
  'data.classes': (rng) => whole(rng, 2, 5),
  'data.noise': (rng) => any(rng, [0, 0.02, 0.1, 0.2, 0.4, rng.uniform()]), // including the defaults of every kind
  'data.squares': (rng) => whole(rng, 2, 5),
  'data.augment': (rng) => any(rng, ['none', 'shift']),
  'data.permuted': (rng) => any(rng, [undefined, true]),
  'data.path': (_, __, csv) => csv,
  'data.label': (rng) => any(rng, ['', 'species']),
  'data.header': (rng) => any(rng, [true, undefined]),
  'data.holdout': (rng) => any(rng, [0.2, 0.5]),
  'data.standardize': (rng) => any(rng, [true, false]),
  'data.sha256': () => '',
  'model.hidden': (rng, kind) => (kind === 'mlp' ? any(rng, [[], [5], [8, 8], [9, 4, 4], [6, 6, 6, 6]]) : undefined),
  'model.activation': (rng) => any(rng, ACTIVATION_IDS),
  'model.block': (rng) => any(rng, ['plain', 'residual', 'batch-norm', 'residual-batch-norm']),
  'model.init': (rng) => any(rng, ['pytorch', 'xavier', 'he']),
  'model.dropout': (rng) => any(rng, [0, 0.3, 0.5]),
  'model.pooling': (rng) => any(rng, ['average', 'max']),
  'model.filters': (rng, kind) =>
    any(
      rng,
      kind === 'lenet'
        ? [
            [2, 3],
            [3, 4],
          ]
        : [
            [3, 4, 4],
            [2, 3, 4, 4, 3],
          ],
    ),
  'model.dense': (rng) => any(rng, [[], [8], [8, 6]]),
  'loss.stable': (rng) => any(rng, [true, true, false]),
  'optimizer.lr': (rng) => any(rng, [1e-3, 0.01, 0.1, 10 ** rng.uniform(-5, 0)]),
  'optimizer.weightDecay': (rng) => any(rng, [0, 1e-5, 0.01, rng.uniform()]),
  'optimizer.momentum': (rng) => any(rng, [0.9, 0, 0.5]),
  'schedule.every': (rng) => whole(rng, 1, 3),
  'schedule.factor': (rng) => any(rng, [0.1, 0.5, 0.99]),
};

/** Models that take pictures; nothing keeps an mlp from pictures either. @type {readonly string[]} */
const CONVOLUTIONAL = ['lenet', 'alexnet-small'];

/**
 * A random config of any kind that trains within moments.
 * @param {Rng} rng
 * @param {string} csv the file for configs that train on one: columns of numbers, and `species` last
 * @returns {Config}
 */
export function anyConfig(rng, csv) {
  const data = any(rng, [...kindsOf('data').keys()]);
  /** @type {Record<Part, string>} */
  const kinds = {
    data,
    model: data === 'mnist' ? any(rng, [...kindsOf('model').keys()]) : 'mlp',
    loss: any(rng, [...kindsOf('loss').keys()]),
    optimizer: any(rng, [...kindsOf('optimizer').keys()]),
    schedule: any(rng, [...kindsOf('schedule').keys()]),
  };
  const studies = STUDIES.flatMap((study) => (study.kind === 'training' ? [study] : []));
  const study = any(
    rng,
    studies.filter(({ probes }) => !(probes.surface || probes.layers) || !CONVOLUTIONAL.includes(kinds.model)),
  );
  /** @type {Record<string, unknown>} */
  const values = {
    seed: any(rng, [0, 1, 7, 2 ** 31, 2 ** 53 - 1]),
    epochs: whole(rng, 2, 6),
    batchSize: any(rng, ['full', 'full', 8, 16, 3]),
  };
  for (const [part, kind] of /** @type {[Part, string][]} */ (Object.entries(kinds))) {
    values[`${part}.name`] = kind;
    for (const field of kindsOf(part).get(kind) ?? []) {
      if (field === 'name') continue;
      const path = `${part}.${field}`;
      const make = FIELDS[path];
      if (!make) throw new Error(`bench/same/any-config.mjs has no values for ${path}`);
      const value = make(rng, kind, csv);
      if (value !== undefined) values[path] = value;
    }
  }
  return buildConfig(study.defaults, values);
}

/** Rows of two features and two classes, for {@link anyConfig}. */
export const CSV = `length,width,species\n${Array.from({ length: 24 }, (_, i) => `${(i * 7) % 11},${(i * 5) % 13},${i % 2 === 0 ? 'setosa' : 'virginica'}`).join('\n')}\n`;
