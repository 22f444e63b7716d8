import type { ParamValue } from '../config/canonical.ts';
import type { Config } from '../config/schema.ts';
import type { Text } from '../text/text.ts';
import type { Probes } from './probes.ts';

/** How much of a study is run: all of it, or enough for an answer within minutes. */
export type Scale = 'full' | 'quick';

/** A run as the judge of a claim sees it. */
export interface StudyRun {
  /** Its config, flattened: `model.activation` -> `relu`. */
  readonly params: Readonly<Record<string, ParamValue>>;
  /** The last, least and greatest value of each metric. */
  readonly metrics: Readonly<Record<string, { readonly last: number; readonly min: number; readonly max: number }>>;
  readonly durationMs: number | null;
}

/** Something shown once, rather than measured over seeds. */
export interface Demonstration {
  readonly title: Text;
  /** The demonstrated code, as one would write it. */
  readonly code: string;
  /** What it printed or gave. */
  readonly output: Text;
  /** Whether the output is as expected. */
  readonly holds: boolean;
}

export interface Evidence {
  readonly runs: readonly StudyRun[];
  readonly demonstrations: readonly Demonstration[];
}

export interface Judgement {
  /** True: shown; false: refuted; null: undecided. */
  readonly supported: boolean | null;
  /** The reasons, with numbers: sentences, one a line. */
  readonly verdict: Text;
  readonly numbers: Readonly<Record<string, number | null>>;
}

/** A sentence of the course, and how runs decide whether it holds. */
export interface Claim {
  readonly text: Text;
  /** A pure function of the evidence: made-up runs are judged like recorded ones. */
  judge(evidence: Evidence): Judgement;
}

/** A figure that the course reports for one configuration. */
export interface CourseFigure {
  /** The course's name of the configuration. */
  readonly label: string;
  /** Values at the paths in which it differs from the study's defaults. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The metric, and its value in the course. */
  readonly metric: string;
  readonly reported: number;
}

/** A drawing of each configuration on a study's page: of its run with the smallest seed, or of the mean over its seeds. */
type EvidencePicture = 'boundary' | 'gradients' | 'calibration';

/** What the page of a study shows of its runs. */
export interface Measure {
  /** The metric that answers its question. */
  readonly metric: string;
  /** A path that is searched rather than compared: of configurations that differ only in it, the best one is shown. */
  readonly searched?: string;
  /** For a study with too many configurations to read: which are shown, and what these have in common. */
  readonly among?: { readonly name: Text; has(params: StudyRun['params']): boolean };
  /** Drawings of what its probes record. */
  readonly pictures?: readonly EvidencePicture[];
}

interface Outline {
  readonly id: string;
  readonly title: Text;
  readonly question: Text;
  /** What the course says about it. The claims are judged on the runs of {@link TrainingStudy.variants}. */
  readonly claims: readonly Claim[];
}

/** A registered kind of experiment: its question, its defaults, the runs that answer it and their probes. */
export interface TrainingStudy extends Outline {
  readonly kind: 'training';
  readonly defaults: Config;
  /** The config paths that its runs vary. */
  readonly factors: readonly string[];
  /** The configurations that the course compares, with its figures. */
  readonly course: readonly CourseFigure[];
  readonly measure: Measure;
  readonly probes: Probes;
  /**
   * The configurations that answer the question, as values at paths on top of the defaults; each is run with every
   * seed.
   */
  variants(scale: Scale): Readonly<Record<string, unknown>>[];
  /** Whether core/train/demonstrations also has something to show for it. */
  readonly demonstrated?: boolean;
}

/** A study that trains nothing: its demonstrations are in core/train/demonstrations under its id. */
export interface DemonstrationStudy extends Outline {
  readonly kind: 'demonstration';
}

export type Study = TrainingStudy | DemonstrationStudy;

/** The seeds of each configuration of a study. */
export const SEEDS: Readonly<Record<Scale, readonly number[]>> = { full: [1, 2, 3, 4, 5], quick: [1, 2, 3] };
