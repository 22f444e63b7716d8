import * as tf from '@tensorflow/tfjs-core';
import { suggestion } from '../../config/nearest.ts';
import { ConfigError, EngineUnavailableError } from '../../errors.ts';
import { ENGINE_NAMES, type Engine, type EngineName } from './engine.ts';

export const ENGINE_CHOICES = [...ENGINE_NAMES, 'auto'] as const;
export type EngineChoice = (typeof ENGINE_CHOICES)[number];

const LOADERS: Record<EngineName, () => Promise<Engine>> = {
  native: async () => (await import('./native.ts')).loadNative(),
  wasm: async () => (await import('./wasm.ts')).loadWasm(),
  cpu: async () => (await import('./cpu.ts')).loadCpu(),
};

/** @throws ConfigError for a name that is no engine */
export function parseEngine(name: string): EngineChoice {
  const choice = ENGINE_CHOICES.find((item) => item === name);
  if (choice) return choice;
  throw new ConfigError(
    '--engine',
    `unknown engine "${name}".${suggestion(name, ENGINE_CHOICES)} Allowed: ${ENGINE_CHOICES.join(', ')}`,
  );
}

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
  for (const name of ENGINE_NAMES) {
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
