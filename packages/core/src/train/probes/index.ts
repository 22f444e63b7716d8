import { boundary } from './boundary.ts';
import { distributions } from './distributions.ts';
import type { Probe } from './probe.ts';
import { surface } from './surface.ts';
import { wholeSets } from './whole-sets.ts';

/** What a training looks at between its steps, in this order. */
export const PROBES: readonly Probe[] = [boundary, wholeSets, surface, distributions];
