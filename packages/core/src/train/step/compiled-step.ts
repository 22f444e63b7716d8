/** A step compiled by an engine, which runs many of them in one call. The state stays in the engine between calls. */
export interface CompiledStep {
  /**
   * Makes sure that step `step` can run compiled.
   * @throws UncompilableError saying why it must run op by op; the state is then in the step's variables
   */
  prepare(step: number): Promise<void>;
  /**
   * Runs steps `first` to `first + count - 1`, all of one prepared shape.
   * @returns [count, measures] measured numbers, row by row
   */
  run(first: number, count: number): Float32Array;
  /** Copies the state into the step's variables, where probes and readers find it. */
  writeBack(): void;
  dispose(): void;
}

/** Says why a step cannot be compiled and must run op by op. */
export class UncompilableError extends Error {}
