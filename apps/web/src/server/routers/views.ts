import { z } from 'zod';
import { idSchema } from '#src/contract/schemas.ts';
import { ownerProcedure, router } from '../access/trpc.ts';

const viewSchema = z.object({ id: idSchema, name: z.string(), state: z.string(), updatedAt: z.date() });

export const viewsRouter = router({
  list: ownerProcedure
    .input(z.object({ experimentId: idSchema }))
    .output(z.array(viewSchema))
    .query(({ ctx, input }) => ctx.store.views.list(input.experimentId)),

  save: ownerProcedure
    .input(z.object({ experimentId: idSchema, name: z.string(), state: z.string() }))
    .output(viewSchema)
    .mutation(({ ctx, input }) => ctx.store.views.save(input)),

  remove: ownerProcedure
    .input(z.object({ id: idSchema }))
    .output(z.object({ removed: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await ctx.store.views.remove(input.id);
      return { removed: true };
    }),
});
