import { describe, expect, it } from 'vitest';
import { engine, expectSame, MODELS, onePerActivation, run } from './both-ways.ts';

// A file of its own, so that the convolutions of several files train side by side.

const model = MODELS.lenet;

describe.skipIf(!engine)('a compiled lenet', () => {
  it.each(onePerActivation(0))('gives what the eager one gives: %o', (values) => expectSame({ ...model, ...values }));

  it('gives the same bits twice', async () => {
    const [one, two] = [await run({ ...model, epochs: 5 }, false), await run({ ...model, epochs: 5 }, false)];
    expect(one.measured).toEqual(two.measured);
    expect(one.result.weights).toEqual(two.result.weights);
  });
});
