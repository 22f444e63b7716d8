import { buildConfig, type Config } from '@whorl/core';
import { networkCost } from '@whorl/core/trainer';
import type { LabValues } from '../model/messages.ts';
import type { NetworkCost } from '../model/plan.ts';

const DIGIT = { shape: [28, 28, 1], features: 28 * 28, classes: 10 } as const;

/** What a network that reads digits takes. */
export const digitCost = (defaults: Config, values: LabValues): NetworkCost =>
  networkCost(buildConfig(defaults, values), DIGIT);
