// The contents of other trackers' files, in one vocabulary. All news name their run: '' for a file with a single run,
// else the id in the source. Steps and values are any numbers; times are ms since 1970, NaN where not given.

/** What may be known of a run's origin. */
export type FactName = 'host' | 'user' | 'command' | 'commit' | 'repository' | 'python' | 'os' | 'writer';
export type Facts = Readonly<Partial<Record<FactName, string>>>;

/** A run begins, or more becomes known of it: named fields replace earlier ones, others stay. */
export interface RunNews {
  readonly kind: 'run';
  readonly run: string;
  /** The source's id of the run, also where it continues in another file. */
  readonly id?: string;
  readonly name?: string;
  /** The source's name for the run's group: a project, an experiment. */
  readonly group?: string;
  readonly startedAt?: number;
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly notes?: string;
  readonly facts?: Facts;
}

/** Points of one metric in the order in which they were written, as columns of equal length. */
export interface PointsNews {
  readonly kind: 'points';
  readonly run: string;
  readonly key: string;
  readonly steps: readonly number[];
  readonly values: readonly number[];
  readonly times: readonly number[];
}

/** Kinds of media. Histograms are JSON of {@link HistogramBody}; the others are in the format of their media type. */
export const MEDIA = ['image', 'histogram', 'text', 'table', 'file'] as const;

export interface MediaNews {
  readonly kind: 'media';
  readonly run: string;
  readonly what: (typeof MEDIA)[number];
  readonly key: string;
  readonly step: number;
  readonly time: number;
  /** Its place among media of the same key and step, from 0. */
  readonly index: number;
  readonly mediaType: string;
  readonly caption?: string;
  /** The bytes, or their path relative to the source's folder. */
  readonly body: Uint8Array | { readonly path: string };
}

/** `counts[i]` values are between `edges[i]` and `edges[i + 1]`. */
export interface HistogramBody {
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/** The program was restarted and goes on at `step`: later steps written before belong to the earlier attempt. */
export interface RestartNews {
  readonly kind: 'restart';
  readonly run: string;
  readonly step: number;
  readonly time: number;
}

export interface EndNews {
  readonly kind: 'end';
  readonly run: string;
  readonly status: 'finished' | 'failed' | 'interrupted';
  /** Why it failed. */
  readonly error?: string;
  readonly time: number | null;
}

/** A file beside the source describes the run further. The news is repeated when that file changes. */
export interface CompanionNews {
  readonly kind: 'companion';
  readonly run: string;
  /** Relative to the source's folder. */
  readonly path: string;
  /** @throws Error where its bytes are not valid */
  readonly read: (bytes: Uint8Array) => RunNews;
}

/** Contents of the source that nothing here reads, and how often they came. */
export interface UnreadNews {
  readonly kind: 'unread';
  readonly run: string;
  readonly what: string;
  readonly count: number;
}

export type SourceNews = RunNews | PointsNews | MediaNews | RestartNews | EndNews | CompanionNews | UnreadNews;
