import type * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { DataSet } from '../../data/data-set.ts';
import type { Probes } from '../../studies/probes.ts';
import type { TrainEvent } from '../events/events.ts';
import type { Loss } from '../losses/index.ts';

/** What probes look at: a training, its model and its data. */
export interface Subject {
  readonly model: LayersModel;
  readonly trainable: readonly tf.Variable[];
  readonly loss: Loss;
  readonly data: DataSet;
  readonly testData: DataSet;
  readonly epochs: number;
  /** The updates of the whole run. */
  readonly total: number;
  readonly probes: Probes;
}

/** Looks at a model between two steps, when its variables hold the model's state. */
export interface ProbeLook {
  /** After how many updates it looks. */
  readonly steps: readonly number[];
  look(step: number): readonly TrainEvent[];
  /** Events for the end of the training, however it ended. */
  end?(): readonly TrainEvent[];
  dispose(): void;
}

/** Makes the look; null where the run's probes do not ask for it, or there is nothing to see. */
export interface Probe {
  readonly id: string;
  start(subject: Subject): ProbeLook | null;
}
