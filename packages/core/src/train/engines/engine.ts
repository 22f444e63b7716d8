import type { EngineName } from '../../config/engine-names.ts';
import type { CompiledStep } from '../step/compiled-step.ts';
import type { Step } from '../step/step.ts';

/** What computes the steps: a loaded and active TF.js backend. */
export interface Engine {
  readonly name: EngineName;
  /** The versions of what does the arithmetic, by package or library. */
  readonly versions: Readonly<Record<string, string>>;
  /**
   * Compiles a step; absent where the engine cannot.
   * Rejects with an `UncompilableError` saying why this step, or this build of the engine, must run op by op.
   */
  readonly compile?: (step: Step) => Promise<CompiledStep>;
}
