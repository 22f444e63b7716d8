import * as tf from '@tensorflow/tfjs-core';
import type { EngineName } from '../../config/engine-names.ts';
import { EngineUnavailableError } from '../../text/errors.ts';
import type { Engine } from './engine.ts';

/** The loader of each engine; one that is left out is not available in this environment. */
type EngineLoaders = Readonly<Partial<Record<EngineName, () => Promise<Engine>>>>;

/** The engines that both Node and browsers have. */
export const ANYWHERE = {
  portable: async () => (await import('./portable.ts')).loadPortable(),
  wasm: async () => (await import('./wasm.ts')).loadWasm(),
  cpu: async () => (await import('./cpu.ts')).loadCpu(),
} satisfies EngineLoaders;

/**
 * Loads an engine and makes it the active one.
 * @param names engines to try in order; the first that loads is taken
 * @param onSkipped is told of each engine passed over, and why
 * @throws EngineUnavailableError
 */
export async function loadFrom(
  loaders: EngineLoaders,
  names: readonly EngineName[],
  onSkipped: (error: EngineUnavailableError) => void = () => {},
): Promise<Engine> {
  tf.enableProdMode(); // otherwise the CPU backend prints an advertisement for tfjs-node
  const load = async (name: EngineName): Promise<Engine> => {
    const loader = loaders[name];
    if (!loader)
      throw new EngineUnavailableError(name, 'it is not part of this program; --engine portable does without');
    return loader();
  };
  for (const [i, name] of names.entries()) {
    try {
      return await load(name);
    } catch (error) {
      if (!(error instanceof EngineUnavailableError) || i === names.length - 1) throw error;
      onSkipped(error);
    }
  }
  throw new Error('expected the name of an engine');
}
