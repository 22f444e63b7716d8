import { experimentsRouter } from './routers/experiments.ts';
import { groupingRouter } from './routers/grouping.ts';
import { liveRouter } from './routers/live.ts';
import { metricsRouter } from './routers/metrics.ts';
import { runSetsRouter } from './routers/run-sets.ts';
import { runsRouter } from './routers/runs.ts';
import { sharesRouter } from './routers/shares.ts';
import { viewsRouter } from './routers/views.ts';
import { createCallerFactory, router } from './trpc.ts';

export const appRouter = router({
  experiments: experimentsRouter,
  runs: runsRouter,
  metrics: metricsRouter,
  live: liveRouter,
  grouping: groupingRouter,
  shares: sharesRouter,
  views: viewsRouter,
  runSets: runSetsRouter,
});

export type AppRouter = typeof appRouter;

/** Calls procedures from the server itself, with the same checks as over the wire. */
export const createCaller = createCallerFactory(appRouter);
