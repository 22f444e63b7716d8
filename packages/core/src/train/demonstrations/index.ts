import * as tf from '@tensorflow/tfjs-core';
import type { Demonstration } from '../../studies/study.ts';
import type { Allocate } from '../tensors/tensors.ts';
import { largeLogits } from './large-logits.ts';
import { ordersOfSums } from './orders-of-sums.ts';
import { tensors } from './tensors.ts';

const DEMONSTRATIONS: Readonly<Record<string, (allocate: Allocate) => Demonstration[]>> = {
  tensors,
  softmax: largeLogits,
  repeatability: ordersOfSums,
};

/**
 * The demonstrations of a study, on the loaded engine; empty for a study that only trains.
 * @param allocate gives the memory of an uninitialised tensor
 */
export function demonstrate(studyId: string, allocate: Allocate): Demonstration[] {
  tf.engine().startScope();
  try {
    return DEMONSTRATIONS[studyId]?.(allocate) ?? [];
  } finally {
    tf.engine().endScope();
  }
}
