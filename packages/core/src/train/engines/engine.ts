import type * as tf from '@tensorflow/tfjs-core';
import type { CompiledStep } from '../compiled/compiled-step.ts';
import type { EagerStep, Measured } from '../step.ts';

export const ENGINE_NAMES = ['native', 'wasm', 'cpu'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** How steps are run: a TF.js backend that is loaded and active. */
export interface Engine {
  readonly name: EngineName;
  readonly tf: typeof tf;
  /** Versions of what does the arithmetic, by package or library name. */
  readonly versions: Readonly<Record<string, string>>;
  /** Turns a step into one call of one graph; absent where the engine cannot. See `compileStep`. */
  readonly compile?: (
    step: EagerStep,
    first: number,
    onMeasured: (step: number, measured: Measured) => void,
  ) => Promise<CompiledStep>;
}
