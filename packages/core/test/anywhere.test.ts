import { describe, expect, it } from 'vitest';
import { autoEngines, buildConfig, type EngineUnavailableError, trainingStudy } from '../src/index.ts';
import { ANYWHERE, loadFrom } from '../src/train/engines/load.ts';

const configOf = (values: Record<string, unknown>) => buildConfig(trainingStudy('spiral').defaults, values);
const course = configOf({});
const lenet = configOf({ 'data.name': 'mnist', 'model.name': 'lenet', batchSize: 64 });
const deep = configOf({ 'data.n': 1000, 'model.hidden': Array(20).fill(32) });

describe('the engines that a browser has, too', () => {
  it('are all but the native one, which is refused by name and passed over where it is the fastest', async () => {
    expect(Object.keys(ANYWHERE)).toEqual(['portable', 'wasm', 'cpu']);
    await expect(loadFrom(ANYWHERE, ['native'])).rejects.toThrow(
      'engine native is not available: it is not part of this program; --engine portable does without',
    );
    const skipped: EngineUnavailableError[] = [];
    expect((await loadFrom(ANYWHERE, autoEngines([lenet]), (error) => skipped.push(error))).name).toBe('portable');
    expect(skipped.map(({ engine }) => engine)).toEqual(['native']);
  });
});

describe('auto', () => {
  it('takes the kernels of our own, and the native engine first for what is wide or has convolutions', () => {
    expect(autoEngines([course])[0]).toBe('portable');
    for (const config of [lenet, deep]) expect(autoEngines([config])).toEqual(['native', 'portable', 'wasm', 'cpu']);
  });

  it('takes one order for all that are trained together', () => {
    expect(autoEngines([course, deep])).toEqual(autoEngines([deep]));
  });

  it('leaves out what cannot run op by op, where that is asked for', () => {
    for (const config of [course, deep]) expect(autoEngines([config], true)).toEqual(['native', 'wasm', 'cpu']);
  });
});
