import { z } from 'zod';
import { idSchema } from '../schemas.ts';
import { ownerProcedure, router } from '../trpc.ts';

export const runSetsRouter = router({
  /** Keeps runs that were picked by hand, and gives the id that stands for them in an address. */
  put: ownerProcedure
    .input(z.object({ runIds: z.array(idSchema).min(1).max(50_000) }))
    .output(z.object({ id: idSchema }))
    .mutation(async ({ ctx, input }) => ({ id: await ctx.store.runSets.put(input.runIds) })),
});
