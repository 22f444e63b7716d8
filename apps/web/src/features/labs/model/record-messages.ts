import type { Config, Text } from '@whorl/core';
import type { LabValues } from './messages.ts';
import type { Trained } from './training-record.ts';

// What a page and the worker that trains for its record say to each other.

/** A training: what a config has in place of the defaults. */
export interface RecordAsked {
  readonly defaults: Config;
  readonly values: LabValues;
}

export type FromRecorder =
  /** The config as it is recorded, before it is trained. */
  | { readonly kind: 'config'; readonly config: Config }
  | { readonly kind: 'step'; readonly done: number; readonly steps: number }
  | { readonly kind: 'trained'; readonly trained: Trained }
  | { readonly kind: 'failed'; readonly said: Text };
