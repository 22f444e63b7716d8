import type { EngineName } from '../config/engine-names.ts';
import type { EngineUnavailableError } from '../text/errors.ts';
import type { Engine } from '../train/engines/engine.ts';

const loadNative = async () => (await import('./native/native.ts')).loadNative();

/**
 * {@link loadFrom} all engines: the one asked for, or the first of several that loads. It brings TensorFlow.js, which
 * nothing loads before.
 */
export async function loadEngine(
  choice: EngineName | readonly EngineName[],
  onSkipped?: (error: EngineUnavailableError) => void,
): Promise<Engine> {
  const { ANYWHERE, loadFrom } = await import('../train/engines/load.ts');
  return loadFrom({ native: loadNative, ...ANYWHERE }, typeof choice === 'string' ? [choice] : choice, onSkipped);
}
