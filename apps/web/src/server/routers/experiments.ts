import { z } from 'zod';
import { experimentSchema, idSchema, listedExperimentSchema } from '../schemas.ts';
import { experimentProcedure, ownerProcedure, router } from '../trpc.ts';

export const experimentsRouter = router({
  list: ownerProcedure
    .input(
      z.object({
        text: z.string().default(''),
        archived: z.boolean().default(false),
        cursor: idSchema.nullish(),
        limit: z.int().min(1).max(100).default(50),
      }),
    )
    .output(z.object({ items: z.array(listedExperimentSchema), nextCursor: idSchema.nullable() }))
    .query(async ({ ctx, input }) => {
      const page = await ctx.store.experiments.list({
        text: input.text,
        archived: input.archived,
        cursor: input.cursor ?? undefined,
        limit: input.limit,
      });
      return { items: [...page.items], nextCursor: page.nextCursor };
    }),

  get: experimentProcedure
    .output(experimentSchema)
    .query(({ ctx, input }) => ctx.store.experiments.get(input.experimentId)),

  create: ownerProcedure
    .input(z.object({ name: z.string().max(200), study: z.string() }))
    .output(experimentSchema)
    .mutation(({ ctx, input }) => ctx.store.experiments.create(input.name, input.study)),
  rename: ownerProcedure
    .input(z.object({ experimentId: idSchema, name: z.string().max(200) }))
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.store.experiments.rename(input.experimentId, input.name)),
  setNotes: ownerProcedure
    .input(z.object({ experimentId: idSchema, notes: z.string() }))
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.store.experiments.setNotes(input.experimentId, input.notes)),
  archive: ownerProcedure
    .input(z.object({ experimentId: idSchema }))
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.store.experiments.archive(input.experimentId)),
  restore: ownerProcedure
    .input(z.object({ experimentId: idSchema }))
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.store.experiments.restore(input.experimentId)),
});
