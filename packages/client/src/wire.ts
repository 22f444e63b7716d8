// The messages on the wire, as JSON; numbers that JSON lacks are texts.

/** A number as JSON has it; NaN and the infinities as texts. */
export type WireNumber = number | 'NaN' | 'Infinity' | '-Infinity';

/** Points of one metric, in the order in which they were logged; the first is the run's point number `offset` of it. */
export interface WireSeries {
  readonly key: string;
  readonly offset: number;
  readonly steps: readonly number[];
  readonly values: readonly WireNumber[];
  /** ms since 1970 */
  readonly times: readonly number[];
}

/** The start of a run. The client chose its id, so that sending twice makes one run. */
export interface WireRun {
  readonly id: string;
  readonly experiment: string;
  readonly name: string;
  readonly startedAt: number;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
}

/** A file of a run, identified by name and step. */
export interface WireFile {
  readonly name: string;
  readonly step: number | null;
  readonly mediaType: string;
  /** base64 */
  readonly data: string;
}

export type EndedAs = 'finished' | 'failed' | 'interrupted';

/** A message to the server; messages are in the order of events. */
export type Message =
  | { readonly kind: 'start'; readonly run: WireRun }
  | { readonly kind: 'log'; readonly series: readonly WireSeries[] }
  | { readonly kind: 'tags'; readonly tags: Readonly<Record<string, string>> }
  | { readonly kind: 'file'; readonly file: WireFile }
  | { readonly kind: 'end'; readonly status: EndedAs; readonly endedAt: number };

export const wireNumber = (value: number): WireNumber =>
  Number.isFinite(value) ? value : (String(value) as WireNumber);
