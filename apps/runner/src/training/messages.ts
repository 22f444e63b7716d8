import type { Config, Demonstration, EngineChoice, EngineName, Text } from '@whorl/core';
import type { StepMetrics } from '@whorl/core/train';

// What the runner and the processes that train for it say to each other.

/** A training that a worker is asked for; `index` is what it is called in answers. */
export interface Task {
  readonly index: number;
  readonly experimentId: string;
  readonly name: string;
  readonly config: Config;
}

export interface WorkerSettings {
  readonly home: string;
  readonly databaseUrl: string | undefined;
  readonly engine: EngineChoice;
  readonly eager: boolean;
  /** The same for all that one command trains: its processes may take their turns one after another. */
  readonly launch?: string | undefined;
}

export type ToWorker =
  | { readonly kind: 'begin'; readonly settings: WorkerSettings }
  | { readonly kind: 'train'; readonly task: Task }
  /** Show what there is to show of a study that needs no run. */
  | { readonly kind: 'demonstrate'; readonly study: string }
  /** End the run in progress as interrupted, and every one after it. */
  | { readonly kind: 'stop' }
  /** End the run of this task, and no other, as interrupted; `reason` is recorded with it. */
  | { readonly kind: 'stop-task'; readonly index: number; readonly reason: string }
  /** Nothing more to do. */
  | { readonly kind: 'leave' };

/** An error as it crosses from one process to another. */
export interface Failure {
  /** Of an unexpected one its stack, the same in every language. */
  readonly said: Text;
  /** Of a StoreError, such as `disk-full`. */
  readonly code: string | null;
  /** Whether what is said is meant for people. */
  readonly expected: boolean;
}

export type FromWorker =
  | {
      readonly kind: 'ready';
      readonly engine: EngineName;
      /** Engines that `auto` passed over, and why. */
      readonly skipped: readonly { readonly engine: string; readonly reason: string }[];
    }
  | { readonly kind: 'started'; readonly index: number; readonly runId: string; readonly steps: number }
  | { readonly kind: 'step'; readonly index: number; readonly measured: StepMetrics }
  | { readonly kind: 'ended'; readonly index: number; readonly runId: string }
  | { readonly kind: 'demonstrated'; readonly demonstrations: readonly Demonstration[] }
  | { readonly kind: 'failed'; readonly failure: Failure };
