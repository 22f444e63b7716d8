import type { Kind } from '../kind.ts';

export interface OptimizerKind extends Kind {
  readonly facts: {
    /** How many numbers it keeps from step to step for each weight; all start as zeros. */
    readonly slots: number;
  };
}
