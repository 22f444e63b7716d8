import type { EngineName } from '../../config/engine-names.ts';
import type { CompiledStep } from '../step/compiled-step.ts';
import type { Step } from '../step/step.ts';

/** How steps are run: a TF.js backend that is loaded and active. */
export interface Engine {
  readonly name: EngineName;
  /** Versions of what does the arithmetic, by package or library name. */
  readonly versions: Readonly<Record<string, string>>;
  /**
   * Makes a step run as a graph; absent where the engine cannot.
   * Rejects with an `UncompilableError` that says why this step, or this build of the engine, must run op by op.
   */
  readonly compile?: (step: Step) => Promise<CompiledStep>;
}
