import type { Kind } from '../kind.ts';

export interface OptimizerKind extends Kind {
  readonly facts: {
    /** How many numbers it keeps for each weight from step to step; all start at 0. */
    readonly slots: number;
  };
}
