import { expect, it } from 'vitest';
import { paramsOf } from '../src/params.ts';

it('the leaves of a config are params, by their path', () => {
  const config = {
    optimizer: { name: 'adam', lr: 0.1 },
    hidden: [64, 32],
    augment: false,
    seed: 3,
    note: null,
    left: undefined,
  };
  expect(paramsOf(config)).toEqual({
    'optimizer.name': 'adam',
    'optimizer.lr': '0.1',
    hidden: '[64,32]',
    augment: 'false',
    seed: '3',
    note: 'null',
  });
});
