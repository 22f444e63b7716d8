import { ConfigError } from '../text/errors.ts';
import { suggested } from '../text/nearest.ts';

/** What computes the steps: our own kernels, TensorFlow's C library, TF.js on WebAssembly, or plain JavaScript. */
export const ENGINE_NAMES = ['portable', 'native', 'wasm', 'cpu'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** What a user may ask for; `auto` takes the fastest engine that loads, in the order of `autoEngines`. */
export const ENGINE_CHOICES = [...ENGINE_NAMES, 'auto'] as const;
export type EngineChoice = (typeof ENGINE_CHOICES)[number];

/** @throws ConfigError where steps are to run op by op on an engine without single ops */
export function refuseEager(engine: EngineChoice, eager: boolean): void {
  if (!eager || engine !== 'portable') return;
  throw new ConfigError('--eager', {
    en: 'the engine portable runs whole steps alone. Leave out --eager, or take --engine native, wasm or cpu',
    zh: '引擎 portable 只能整步运行。请去掉 --eager，或者用 --engine native、wasm 或 cpu',
  });
}

/** @throws ConfigError for a name that is not an engine's */
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
