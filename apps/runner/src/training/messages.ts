import type { Config, Demonstration, EngineName, Text } from '@whorl/core';
import type { StepMetrics } from '@whorl/core/train';

// The messages between the runner and the worker processes that train for it.

/** A training for a worker. Answers refer to it by `index`. */
export interface Task {
  readonly index: number;
  readonly experimentId: string;
  readonly name: string;
  readonly config: Config;
}

export interface WorkerSettings {
  readonly home: string;
  readonly databaseUrl: string | undefined;
  /** The first of them that loads trains. */
  readonly engines: readonly EngineName[];
  readonly eager: boolean;
  /** Identifies the command, the same for all runs it trains: processes may take turns, so that time alone does not tell. */
  readonly launch?: string | undefined;
}

export type ToWorker =
  | { readonly kind: 'begin'; readonly settings: WorkerSettings }
  | { readonly kind: 'train'; readonly task: Task }
  /** Produce the demonstrations of a study that trains nothing. */
  | { readonly kind: 'demonstrate'; readonly study: string }
  /** End the current run, and all later ones, as interrupted. */
  | { readonly kind: 'stop' }
  /** End the run of this task, and no other, as interrupted. `reason` is recorded with it. */
  | { readonly kind: 'stop-task'; readonly index: number; readonly reason: string }
  /** There is nothing more to do. */
  | { readonly kind: 'leave' };

/** An error in a form that can be sent between processes. */
export interface Failure {
  /** For an unexpected error its stack, the same in every language. */
  readonly said: Text;
  /** The code of a StoreError, such as `disk-full`. */
  readonly code: string | null;
  /** Whether the message is meant for people, and not a bug. */
  readonly expected: boolean;
}

export type FromWorker =
  | {
      readonly kind: 'ready';
      readonly engine: EngineName;
      /** Engines that were passed over, and why. */
      readonly skipped: readonly { readonly engine: string; readonly reason: string }[];
    }
  | { readonly kind: 'started'; readonly index: number; readonly runId: string; readonly steps: number }
  | { readonly kind: 'step'; readonly index: number; readonly measured: StepMetrics }
  | { readonly kind: 'ended'; readonly index: number; readonly runId: string }
  | { readonly kind: 'demonstrated'; readonly demonstrations: readonly Demonstration[] }
  | { readonly kind: 'failed'; readonly failure: Failure };
