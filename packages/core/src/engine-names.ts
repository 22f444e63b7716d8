import { suggestion } from './config/nearest.ts';
import { ConfigError } from './errors.ts';

/** How steps are run: TensorFlow's C library, WebAssembly, plain JavaScript; the fastest first. */
export const ENGINE_NAMES = ['native', 'wasm', 'cpu'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** What may be asked for; `auto` is the first that loads. */
export const ENGINE_CHOICES = [...ENGINE_NAMES, 'auto'] as const;
export type EngineChoice = (typeof ENGINE_CHOICES)[number];

/** @throws ConfigError for a name that is no engine */
export function parseEngine(name: string): EngineChoice {
  const choice = ENGINE_CHOICES.find((item) => item === name);
  if (choice) return choice;
  throw new ConfigError(
    '--engine',
    `unknown engine "${name}".${suggestion(name, ENGINE_CHOICES)} Allowed: ${ENGINE_CHOICES.join(', ')}`,
  );
}
