import { z } from 'zod';
import { bestSchema } from '#src/contract/best.ts';
import { claimsSchema } from '#src/contract/claims.ts';
import {
  experimentSchema,
  idSchema,
  listedExperimentSchema,
  nameSchema,
  stopAnswerSchema,
} from '#src/contract/schemas.ts';
import { charge } from '../access/budget.ts';
import { experimentFor, textsFor } from '../access/guest-view.ts';
import { experimentProcedure, ownerProcedure, router } from '../access/trpc.ts';
import { turns } from '../curves/turns.ts';
import { liveFeeds } from '../live/live-feeds.ts';
import { bestConfiguration } from '../record/best.ts';
import { claimsOf } from '../record/claims.ts';

const changeProcedure = ownerProcedure.input(z.object({ experimentId: idSchema })).output(z.void());

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
    .query(async ({ ctx, input }) =>
      experimentFor(textsFor(ctx.viewer), await ctx.store.experiments.get(input.experimentId)),
    ),

  /** The outcomes of the study's claims; null for a study that this version does not know. */
  claims: experimentProcedure.output(claimsSchema.nullable()).query(async ({ ctx, input: { experimentId } }) => {
    charge(ctx.viewer, 'runs', ctx.store.runs.count({ experimentId }));
    return claimsOf(ctx.store, await ctx.store.experiments.get(experimentId));
  }),

  /** The best configuration of each experiment. Those without a result are left out. */
  best: ownerProcedure
    .input(z.object({ experimentIds: z.array(idSchema).max(100) }))
    .output(z.array(bestSchema.extend({ experimentId: idSchema })))
    .query(async ({ ctx, input }) => {
      const takeTurns = turns();
      const found = [];
      for (const experimentId of input.experimentIds) {
        const best = bestConfiguration(ctx.store, experimentId);
        if (best) found.push({ experimentId, ...best });
        await takeTurns();
      }
      return found;
    }),

  /** Creates an experiment without runs. Commands record into it by its name. */
  create: ownerProcedure
    .input(z.object({ name: nameSchema, study: z.string() }))
    .output(experimentSchema)
    .mutation(({ ctx, input }) => ctx.store.experiments.create(input.name, input.study)),

  rename: changeProcedure
    .input(z.object({ name: nameSchema }))
    .mutation(({ ctx, input }) => ctx.store.experiments.rename(input.experimentId, input.name)),

  setNotes: changeProcedure
    .input(z.object({ notes: z.string() }))
    .mutation(({ ctx, input }) => ctx.store.experiments.setNotes(input.experimentId, input.notes)),

  /** Asks all training runs to stop, and runners not to begin further ones. */
  stop: ownerProcedure
    .input(z.object({ experimentId: idSchema }))
    .output(stopAnswerSchema)
    .mutation(async ({ ctx, input }) => {
      const answer = await ctx.store.runs.requestStopOfExperiment(input.experimentId, 'page');
      liveFeeds(ctx.store).hasten();
      return answer;
    }),

  archive: changeProcedure.mutation(({ ctx, input }) => ctx.store.experiments.archive(input.experimentId)),

  restore: changeProcedure.mutation(({ ctx, input }) => ctx.store.experiments.restore(input.experimentId)),
});
