import type { Config, Rng } from '@whorl/core';

export function anyConfig(rng: Rng, csv: string): Config;
export const CSV: string;
