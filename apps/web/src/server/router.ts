import { artifactsRouter } from './routers/artifacts.ts';
import { experimentsRouter } from './routers/experiments.ts';
import { liveRouter } from './routers/live.ts';
import { metricsRouter } from './routers/metrics.ts';
import { neighboursRouter } from './routers/neighbours.ts';
import { runsRouter } from './routers/runs.ts';
import { sharesRouter } from './routers/shares.ts';
import { sparklinesRouter } from './routers/sparklines.ts';
import { runSetsRouter } from './routers/run-sets.ts';
import { viewsRouter } from './routers/views.ts';
import { createCallerFactory, router } from './trpc.ts';

export const appRouter = router({
  experiments: experimentsRouter,
  runs: runsRouter,
  metrics: metricsRouter,
  live: liveRouter,
  shares: sharesRouter,
  artifacts: artifactsRouter,
  sparklines: sparklinesRouter,
  neighbours: neighboursRouter,
  views: viewsRouter,
  runSets: runSetsRouter,
});

export type AppRouter = typeof appRouter;

/** Calls procedures from the server itself, with the same checks as over the wire. */
export const createCaller = createCallerFactory(appRouter);
