import { z } from 'zod';
import { idSchema } from '#src/contract/schemas.ts';
import { targetSchema } from '#src/contract/target.ts';
import { runIdsOf } from '../access/target.ts';
import { ownerProcedure, router } from '../access/trpc.ts';
import { outside } from '../access/visible.ts';

export const runSetsRouter = router({
  /** The ids of the runs in a stored set. */
  get: ownerProcedure
    .input(z.object({ id: idSchema }))
    .output(z.object({ runIds: z.array(idSchema) }))
    .query(async ({ ctx, input }) => {
      const runIds = await ctx.store.runSets.find(input.id);
      if (!runIds) throw outside('set of runs');
      return { runIds };
    }),

  /** Stores the current runs of a target, and gives the id that stands for them in addresses. */
  put: ownerProcedure
    .input(z.object({ target: targetSchema }))
    .output(z.object({ id: idSchema }))
    .mutation(async ({ ctx, input }) => ({ id: await ctx.store.runSets.put(await runIdsOf(ctx, input.target)) })),
});
