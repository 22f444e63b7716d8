import { constant } from './constant.ts';
import { cosine } from './cosine.ts';
import { exponential } from './exponential.ts';
import { step } from './step.ts';

export const SCHEDULES = {
  constant,
  step,
  exponential,
  cosine,
} as const;
