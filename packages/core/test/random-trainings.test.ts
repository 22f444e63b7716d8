import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ACTIVATION_IDS, buildConfig, KINDS, trainingStudy } from '../src/index.ts';
import { loadEngine } from '../src/node/index.ts';
import { dataOf, initialWeights, train } from './heard.ts';

// What PyTorch computes in float64 for random configs: fixtures/random-trainings.mjs draws them.
const { cases } = JSON.parse(readFileSync(new URL('fixtures/random-trainings.json', import.meta.url), 'utf8')) as {
  cases: readonly {
    readonly values: Readonly<Record<string, unknown>>;
    readonly stateSha256: string;
    readonly losses: readonly number[];
  }[];
};
const engine = await loadEngine('portable');

it('60 random configs have every kind that can be trained', () => {
  const valuesAt = (path: string) => new Set(cases.flatMap(({ values }) => values[path] ?? []));
  expect(cases).toHaveLength(60);
  for (const part of ['model', 'loss', 'optimizer', 'schedule'] as const)
    expect(valuesAt(`${part}.name`), part).toEqual(new Set(Object.values(KINDS[part]).map(({ id }) => id)));
  expect(valuesAt('model.activation')).toEqual(new Set(ACTIVATION_IDS));
  expect(valuesAt('model.block')).toEqual(new Set(['plain', 'residual', 'batch-norm', 'residual-batch-norm']));
  expect(valuesAt('model.init')).toEqual(new Set(['pytorch', 'xavier', 'he']));
  expect(valuesAt('model.dropout')).toEqual(new Set([0, 0.25]));
});

it.each(cases)('the first 50 losses are those of PyTorch in float64 to 1e-5: $values', async (item) => {
  const config = buildConfig(trainingStudy('spiral').defaults, item.values);
  const hash = createHash('sha256').update(new Uint8Array((await dataOf(config)).x.buffer));
  for (const weights of await initialWeights(config)) hash.update(new Uint8Array(weights.buffer));
  expect(hash.digest('hex'), 'data and initial weights are those that PyTorch was given').toBe(item.stateSha256);

  const found: number[] = [];
  await train(config, { engine, onStep: ({ metrics }) => found.push(metrics.loss) });
  expect(item.losses).toHaveLength(50);
  for (const [step, loss] of item.losses.entries())
    expect(
      Math.abs((found[step] as number) / loss - 1),
      `loss of step ${step}: ${found[step]}, PyTorch has ${loss}`,
    ).toBeLessThan(1e-5);
});
