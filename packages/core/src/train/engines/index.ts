import * as tf from '@tensorflow/tfjs-core';
import { AUTO_ENGINES, type EngineChoice, type EngineName } from '../../config/engine-names.ts';
import { EngineUnavailableError } from '../../text/errors.ts';
import type { Engine } from './engine.ts';

const LOADERS: Record<EngineName, () => Promise<Engine>> = {
  native: async () => (await import('./native.ts')).loadNative(),
  portable: async () => (await import('./portable.ts')).loadPortable(),
  wasm: async () => (await import('./wasm.ts')).loadWasm(),
  cpu: async () => (await import('./cpu.ts')).loadCpu(),
};

/**
 * Loads an engine and makes it the active one.
 * @param choice `auto` takes the first of native, wasm, cpu that loads
 * @param onSkipped told of each engine that `auto` passed over, and why
 * @throws EngineUnavailableError
 */
export async function loadEngine(
  choice: EngineChoice,
  onSkipped: (error: EngineUnavailableError) => void = () => {},
): Promise<Engine> {
  tf.enableProdMode(); // else the CPU backend prints an advertisement for tfjs-node
  if (choice !== 'auto') return LOADERS[choice]();
  let last: unknown;
  for (const name of AUTO_ENGINES) {
    try {
      return await LOADERS[name]();
    } catch (error) {
      if (!(error instanceof EngineUnavailableError)) throw error;
      onSkipped(error);
      last = error;
    }
  }
  throw last;
}
