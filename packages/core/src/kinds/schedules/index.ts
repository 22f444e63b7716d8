import { constant } from './constant.ts';
import { cosine } from './cosine.ts';
import { exponential } from './exponential.ts';
import { step } from './step.ts';

/** Every schedule of the learning rate. */
export const SCHEDULES = {
  constant,
  step,
  exponential,
  cosine,
} as const;
