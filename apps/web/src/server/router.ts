import { createCallerFactory, router } from './access/trpc.ts';
import { artifactsRouter } from './routers/artifacts.ts';
import { comparisonRouter } from './routers/comparison.ts';
import { conceptsRouter } from './routers/concepts.ts';
import { curvesRouter } from './routers/curves.ts';
import { deletionsRouter } from './routers/deletions.ts';
import { experimentsRouter } from './routers/experiments.ts';
import { groupingRouter } from './routers/grouping.ts';
import { liveRouter } from './routers/live.ts';
import { mediaRouter } from './routers/media.ts';
import { neighboursRouter } from './routers/neighbours.ts';
import { recordingsRouter } from './routers/recordings.ts';
import { runSetsRouter } from './routers/run-sets.ts';
import { runsRouter } from './routers/runs.ts';
import { searchRouter } from './routers/search.ts';
import { sharesRouter } from './routers/shares.ts';
import { sparklinesRouter } from './routers/sparklines.ts';
import { viewsRouter } from './routers/views.ts';

export const appRouter = router({
  experiments: experimentsRouter,
  comparison: comparisonRouter,
  concepts: conceptsRouter,
  runs: runsRouter,
  recordings: recordingsRouter,
  curves: curvesRouter,
  live: liveRouter,
  grouping: groupingRouter,
  search: searchRouter,
  shares: sharesRouter,
  artifacts: artifactsRouter,
  sparklines: sparklinesRouter,
  neighbours: neighboursRouter,
  views: viewsRouter,
  runSets: runSetsRouter,
  deletions: deletionsRouter,
  media: mediaRouter,
});

export type AppRouter = typeof appRouter;

/** Calls procedures from within the server, with the same checks as requests. */
export const createCaller = createCallerFactory(appRouter);
