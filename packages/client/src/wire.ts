// What goes over the wire, as JSON: numbers that JSON lacks are texts.

/** A number as JSON has it; NaN and the infinities as texts. */
export type WireNumber = number | 'NaN' | 'Infinity' | '-Infinity';

/** Points of one metric, in the order in which they were logged; the first is the `offset`th that the run has of it. */
export interface WireSeries {
  readonly key: string;
  readonly offset: number;
  readonly steps: readonly number[];
  readonly values: readonly WireNumber[];
  /** ms since 1970 */
  readonly times: readonly number[];
}

/** A run as it begins. Its id was made by the client, so that asking twice makes one run. */
export interface WireRun {
  readonly id: string;
  readonly experiment: string;
  readonly name: string;
  readonly startedAt: number;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
}

/** A file of a run: at most one of a name and step. */
export interface WireFile {
  readonly name: string;
  readonly step: number | null;
  readonly mediaType: string;
  /** base64 */
  readonly data: string;
}

export type EndedAs = 'finished' | 'failed' | 'interrupted';

/** One thing that is told to the server, in the order in which it happened. */
export type Message =
  | { readonly kind: 'start'; readonly run: WireRun }
  | { readonly kind: 'log'; readonly series: readonly WireSeries[] }
  | { readonly kind: 'tags'; readonly tags: Readonly<Record<string, string>> }
  | { readonly kind: 'file'; readonly file: WireFile }
  | { readonly kind: 'end'; readonly status: EndedAs; readonly endedAt: number };

export const wireNumber = (value: number): WireNumber =>
  Number.isFinite(value) ? value : (String(value) as WireNumber);
