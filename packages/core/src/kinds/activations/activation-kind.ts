import type { Kind } from '../kind.ts';

export interface ActivationKind extends Kind {
  /** LaTeX, in x. */
  readonly formula: string;
  readonly facts: {
    /** The function on one number, for plots, and for what it makes of 0. */
    readonly f: (x: number) => number;
  };
}
