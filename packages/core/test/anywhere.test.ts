import { describe, expect, it } from 'vitest';
import { EngineUnavailableError } from '../src/index.ts';
import { ANYWHERE, loadFrom } from '../src/train/engines/load.ts';

describe('the engines that a browser has, too', () => {
  it('are all but the native one, which is refused by name and passed over by auto', async () => {
    expect(Object.keys(ANYWHERE)).toEqual(['portable', 'wasm', 'cpu']);
    await expect(loadFrom(ANYWHERE, 'native')).rejects.toThrow(
      'engine native is not available: it is not part of this program; --engine wasm does without',
    );
    const skipped: EngineUnavailableError[] = [];
    expect((await loadFrom(ANYWHERE, 'auto', (error) => skipped.push(error))).name).toBe('wasm');
    expect(skipped.map(({ engine }) => engine)).toEqual(['native']);
    expect(skipped[0]).toBeInstanceOf(EngineUnavailableError);
  });
});
