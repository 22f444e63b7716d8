import type { Kind } from '../kind.ts';

export interface ActivationKind extends Kind {
  /** In LaTeX, a function of x. */
  readonly formula: string;
  readonly facts: {
    /** The function of a single number: for plots, and to know what it makes of 0. */
    readonly f: (x: number) => number;
  };
}
