import * as tf from '@tensorflow/tfjs-core';
import type { Demonstration } from '../../studies/study.ts';
import { largeLogits } from './large-logits.ts';
import { tensors } from './tensors.ts';

const DEMONSTRATIONS: Readonly<Record<string, () => Demonstration[]>> = { tensors, softmax: largeLogits };

/** What is shown for a study, on the engine that is loaded; nothing for a study that only trains. */
export function demonstrate(studyId: string): Demonstration[] {
  tf.engine().startScope();
  try {
    return DEMONSTRATIONS[studyId]?.() ?? [];
  } finally {
    tf.engine().endScope();
  }
}
