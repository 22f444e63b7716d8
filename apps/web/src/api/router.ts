import type { AppRouter, createCaller } from '#src/server/router.ts';

// The one door from what runs in a browser to what answers it, and only types go through.

export type { AppRouter };

/** What the server asks itself to paint a page for the first time. */
export type Caller = ReturnType<typeof createCaller>;
