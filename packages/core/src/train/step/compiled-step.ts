/** A step that an engine runs whole, many times a call. The state stays in the engine between calls. */
export interface CompiledStep {
  /**
   * Makes sure that step `step` can run compiled.
   * @throws UncompilableError saying why it must run op by op; the state is then in the step's variables
   */
  prepare(step: number): Promise<void>;
  /**
   * Runs steps `first` to `first + count - 1`, all of one shape that was prepared.
   * @returns [count, measures] measured numbers, row by row
   */
  run(first: number, count: number): Float32Array;
  /** Copies the state back into the step's variables, where probes and readers find it. */
  writeBack(): void;
  dispose(): void;
}

/** Why a step cannot be compiled, and so runs op by op. */
export class UncompilableError extends Error {}
