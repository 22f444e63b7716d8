import type { AppRouter, createCaller } from '#src/server/router.ts';

// The only door between browser and server code. Only types pass through it.

export type { AppRouter };

/** Calls procedures on the server itself, to render a page for the first time. */
export type Caller = ReturnType<typeof createCaller>;
