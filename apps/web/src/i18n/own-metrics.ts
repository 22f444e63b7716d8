'use client';

import { createContext } from 'react';

/**
 * Whether the shown metrics are Whorl's own. Only then are their names shown: another program's `loss` may mean something
 * else, so it is shown by its key.
 */
export const OwnMetrics = createContext(true);
