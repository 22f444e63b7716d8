import { suggested } from './config/nearest.ts';
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
  const near = suggested(name, ENGINE_CHOICES);
  const allowed = ENGINE_CHOICES.join(', ');
  throw new ConfigError('--engine', {
    en: `unknown engine "${name}".${near.en} Allowed: ${allowed}`,
    zh: `没有引擎“${name}”。${near.zh}可用的有：${allowed}`,
  });
}
