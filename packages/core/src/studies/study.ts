import type { ParamValue } from '../config/canonical.ts';
import type { Config } from '../config/schema.ts';
import type { Text } from '../text/text.ts';
import type { Probes } from './probes.ts';

/** How much of a study is run: all of it, or as much as answers within minutes. */
export type Scale = 'full' | 'quick';

/** A run as a claim's judge sees it. */
export interface StudyRun {
  /** Its config, flattened: `model.activation` -> `relu`. */
  readonly params: Readonly<Record<string, ParamValue>>;
  /** Of each metric its last, least and greatest value. */
  readonly metrics: Readonly<Record<string, { readonly last: number; readonly min: number; readonly max: number }>>;
  readonly durationMs: number | null;
}

/** Something that is shown once rather than measured over seeds. */
export interface Demonstration {
  readonly title: Text;
  /** What is done, as one would write it. */
  readonly code: string;
  /** What came of it. */
  readonly output: Text;
  /** Whether it came as it should. */
  readonly holds: boolean;
}

export interface Evidence {
  readonly runs: readonly StudyRun[];
  readonly demonstrations: readonly Demonstration[];
}

export interface Judgement {
  /** False where it is refuted; null where it is neither shown nor refuted: undecided. */
  readonly supported: boolean | null;
  /** Why, with the numbers: sentences, one a line. */
  readonly verdict: Text;
  readonly numbers: Readonly<Record<string, number | null>>;
}

/** Something that the course says, and how runs show whether it is so. */
export interface Claim {
  readonly text: Text;
  /** A pure function of the evidence: made-up runs are judged as recorded ones are. */
  judge(evidence: Evidence): Judgement;
}

/** What the course reports of one configuration. */
export interface CourseFigure {
  /** What the course calls it. */
  readonly label: string;
  /** The paths in which it differs from the study's defaults. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The figure in the course, and what it is a figure of. */
  readonly metric: string;
  readonly reported: number;
}

/** What the page of a study shows of its runs. */
export interface Measure {
  /** The metric that answers its question. */
  readonly metric: string;
  /** A path that is searched rather than compared: of configurations that differ in it alone the best one is shown. */
  readonly searched?: string;
  /** Where it has too many configurations to be read: those that are shown, and what they have in common. */
  readonly among?: { readonly name: Text; has(params: StudyRun['params']): boolean };
}

interface Outline {
  readonly id: string;
  readonly title: Text;
  readonly question: Text;
  /** What the course says of it. The claims are judged on the runs of {@link TrainingStudy.variants}. */
  readonly claims: readonly Claim[];
}

/** A registered kind of experiment: its question, its defaults, the runs that answer it and what they look at. */
export interface TrainingStudy extends Outline {
  readonly kind: 'training';
  readonly defaults: Config;
  /** The config paths that vary in it. */
  readonly factors: readonly string[];
  /** The configurations that the course compares, with its figures. */
  readonly course: readonly CourseFigure[];
  readonly measure: Measure;
  readonly probes: Probes;
  /** The configurations that answer the question, as paths and values on top of the defaults; each is run with every seed. */
  variants(scale: Scale): Readonly<Record<string, unknown>>[];
  /** Whether core/train/demonstrations has something to show for it, too. */
  readonly demonstrated?: boolean;
}

/** A study that trains nothing: what it shows is in core/train/demonstrations under its id. */
export interface DemonstrationStudy extends Outline {
  readonly kind: 'demonstration';
}

export type Study = TrainingStudy | DemonstrationStudy;

/** The seeds of each configuration of a study. */
export const SEEDS: Readonly<Record<Scale, readonly number[]>> = { full: [1, 2, 3, 4, 5], quick: [1, 2, 3] };
