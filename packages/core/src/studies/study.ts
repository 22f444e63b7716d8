import type { Config } from '../config/schema.ts';

/** What the course reports of one configuration. */
export interface CourseClaim {
  /** What the course calls it. */
  readonly label: string;
  /** The paths in which it differs from the study's defaults. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The figure in the course, and what it is a figure of. */
  readonly metric: string;
  readonly reported: number;
}

/** A registered kind of experiment: its question, its defaults, what the course says of it and what it looks at. */
export interface Study {
  readonly id: string;
  readonly title: string;
  /** The question that its runs answer. */
  readonly question: string;
  readonly defaults: Config;
  /** The config paths that vary in it. */
  readonly factors: readonly string[];
  readonly course: readonly CourseClaim[];
  readonly probes: {
    /** The step counts after which to look at the decision boundary, for a run of `epochs`. */
    readonly boundary?: (epochs: number) => number[];
    /** Whether every step measures each layer's gradients and activations. */
    readonly layers?: boolean;
  };
}
