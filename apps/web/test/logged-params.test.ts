import { expect, it } from 'vitest';
import { loggedParams } from '../src/features/run/model/logged-params.ts';

it('a program’s params are shown without the seed that was taken from one of them', () => {
  expect(loggedParams({ lr: 0.1, random_state: 3, seed: 3 })).toEqual({ lr: 0.1, random_state: 3 });
  expect(loggedParams({ lr: 0.1, seed: 3 })).toEqual({ lr: 0.1, seed: 3 });
  expect(loggedParams({ seed: 3, random_state: 4 })).toEqual({ seed: 3, random_state: 4 });
});
