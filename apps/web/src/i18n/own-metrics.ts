'use client';

import { createContext } from 'react';

/**
 * Whether the metrics of what is shown are Whorl's own, which have names: `loss` is the loss of each step's batch. What another
 * program calls so is its own matter, and shown by its key.
 */
export const OwnMetrics = createContext(true);
