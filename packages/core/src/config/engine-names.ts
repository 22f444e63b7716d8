import { ConfigError } from '../text/errors.ts';
import { suggested } from '../text/nearest.ts';

/** How steps are run: kernels of our own, TensorFlow's C library, TF.js on WebAssembly, plain JavaScript. */
export const ENGINE_NAMES = ['portable', 'native', 'wasm', 'cpu'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** What may be asked for; `auto` takes the fastest that loads, `autoEngines` says which that is. */
export const ENGINE_CHOICES = [...ENGINE_NAMES, 'auto'] as const;
export type EngineChoice = (typeof ENGINE_CHOICES)[number];

/** @throws ConfigError where steps are to run op by op on an engine that has no single ops */
export function refuseEager(engine: EngineChoice, eager: boolean): void {
  if (!eager || engine !== 'portable') return;
  throw new ConfigError('--eager', {
    en: 'the engine portable runs whole steps alone. Leave out --eager, or take --engine native, wasm or cpu',
    zh: '引擎 portable 只能整步运行。请去掉 --eager，或者用 --engine native、wasm 或 cpu',
  });
}

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
