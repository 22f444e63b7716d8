import { z } from 'zod';
import { idSchema } from '../schemas.ts';
import { runIdsOf, targetSchema } from '../target.ts';
import { ownerProcedure, router } from '../trpc.ts';

export const runSetsRouter = router({
  /** Keeps the runs that a target has now, and gives the id that stands for them in an address. */
  put: ownerProcedure
    .input(z.object({ target: targetSchema }))
    .output(z.object({ id: idSchema }))
    .mutation(async ({ ctx, input }) => ({ id: await ctx.store.runSets.put(await runIdsOf(ctx, input.target)) })),
});
