// What files of other trackers say, in one vocabulary. All news name their run: '' is that of a file that has one run, others
// have the id that the source gives them. Steps and values are any numbers; times are ms since 1970, NaN where none is said.

/** What is known of where a run came from. */
export type FactName = 'host' | 'user' | 'command' | 'commit' | 'repository' | 'python' | 'os' | 'writer';
export type Facts = Readonly<Partial<Record<FactName, string>>>;

/** A run begins, or more is known of it: what is named replaces what was said of it before, the rest stays. */
export interface RunNews {
  readonly kind: 'run';
  readonly run: string;
  /** What the source knows it by, also where it goes on in another file. */
  readonly id?: string;
  readonly name?: string;
  /** What the source calls the group of runs that this one is of: a project, an experiment. */
  readonly group?: string;
  readonly startedAt?: number;
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly notes?: string;
  readonly facts?: Facts;
}

/** Points of one metric in the order in which they were written, as columns of one length. */
export interface PointsNews {
  readonly kind: 'points';
  readonly run: string;
  readonly key: string;
  readonly steps: readonly number[];
  readonly values: readonly number[];
  readonly times: readonly number[];
}

/** Histograms are JSON of {@link HistogramBody}; the others are as their media type has them. */
export const MEDIA = ['image', 'histogram', 'text', 'table', 'file'] as const;

export interface MediaNews {
  readonly kind: 'media';
  readonly run: string;
  readonly what: (typeof MEDIA)[number];
  readonly key: string;
  readonly step: number;
  readonly time: number;
  /** Its place among those of the same key and step, from 0. */
  readonly index: number;
  readonly mediaType: string;
  readonly caption?: string;
  /** The bytes themselves, or where they lie: from the folder in which the source lies. */
  readonly body: Uint8Array | { readonly path: string };
}

/** `counts[i]` values lie between `edges[i]` and `edges[i + 1]`. */
export interface HistogramBody {
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/** The program was started again and goes on at `step`: of what was written before, later steps are of the earlier try. */
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

/** A file beside the source says more of the run. It changes when this is said again. */
export interface CompanionNews {
  readonly kind: 'companion';
  readonly run: string;
  /** From the folder in which the source lies. */
  readonly path: string;
  /** @throws Error where its bytes are not what they should be */
  readonly read: (bytes: Uint8Array) => RunNews;
}

/** What the source has and nothing here reads, by how often it came. */
export interface UnreadNews {
  readonly kind: 'unread';
  readonly run: string;
  readonly what: string;
  readonly count: number;
}

export type SourceNews = RunNews | PointsNews | MediaNews | RestartNews | EndNews | CompanionNews | UnreadNews;
