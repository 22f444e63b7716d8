import { z } from 'zod';
import { experimentSchema, idSchema } from '../schemas.ts';
import { experimentProcedure, ownerProcedure, router } from '../trpc.ts';

export const experimentsRouter = router({
  list: ownerProcedure
    .input(z.object({ cursor: idSchema.nullish(), limit: z.int().min(1).max(100).default(50) }))
    .output(z.object({ items: z.array(experimentSchema), nextCursor: idSchema.nullable() }))
    .query(async ({ ctx, input }) => {
      const page = await ctx.store.experiments.list({ cursor: input.cursor ?? undefined, limit: input.limit });
      return { items: [...page.items], nextCursor: page.nextCursor };
    }),

  get: experimentProcedure
    .output(experimentSchema)
    .query(({ ctx, input }) => ctx.store.experiments.get(input.experimentId)),
});
