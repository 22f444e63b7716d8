import { TRPCError } from '@trpc/server';
import type { RunRecord } from '@whorl/store';
import { z } from 'zod';
import type { Viewer } from '../context.ts';
import { listFrames, listPoints } from '../frames.ts';
import { frameSchema, idSchema, pointsSchema, type Run, runDetailSchema, runSchema } from '../schemas.ts';
import { experimentProcedure, ownerProcedure, router, runsProcedure } from '../trpc.ts';

/** The part of a run that lists and charts need. */
export const toRun = (record: RunRecord): Run => runSchema.parse(record);

/** What a run says of where it ran, without the name of the machine for those who only have a link. */
function environmentFor(viewer: Viewer, environment: RunRecord['environment']): Record<string, unknown> {
  const { host, ...rest } = environment;
  return viewer.kind === 'owner' && host !== undefined ? { host, ...rest } : rest;
}

export const runsRouter = router({
  list: experimentProcedure
    .input(z.object({ cursor: idSchema.nullish(), limit: z.int().min(1).max(200).default(100) }))
    .output(z.object({ items: z.array(runSchema), nextCursor: idSchema.nullable() }))
    .query(async ({ ctx, input }) => {
      const { experimentId, cursor, limit } = input;
      const page = await ctx.store.runs.list(experimentId, { cursor: cursor ?? undefined, limit });
      return { items: page.items.map(toRun), nextCursor: page.nextCursor };
    }),

  /** The runs with these ids, in their order; unknown ones are left out. */
  getMany: runsProcedure
    .output(z.array(runSchema))
    .query(async ({ ctx, input }) => (await ctx.store.runs.getMany(input.runIds)).map(toRun)),

  get: runsProcedure
    .input(z.object({ runIds: z.array(idSchema).length(1) }))
    .output(runDetailSchema)
    .query(async ({ ctx, input }) => {
      const [id] = input.runIds;
      if (id === undefined) throw new TRPCError({ code: 'BAD_REQUEST', message: 'runIds: expected one id' });
      const run = await ctx.store.runs.get(id);
      return { ...run, metrics: [...run.metrics], environment: environmentFor(ctx.viewer, run.environment) };
    }),

  /** The recorded pictures of the runs' decision boundaries, and the points that they were trained on. */
  boundary: runsProcedure
    .output(z.object({ frames: z.array(frameSchema), points: z.array(pointsSchema) }))
    .query(async ({ ctx, input }) => ({
      frames: await listFrames(ctx.store, input.runIds),
      points: await listPoints(ctx.store, input.runIds),
    })),

  rename: ownerProcedure
    .input(z.object({ runId: idSchema, name: z.string().max(200) }))
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.store.runs.rename(input.runId, input.name)),
  setNotes: ownerProcedure
    .input(z.object({ runId: idSchema, notes: z.string() }))
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.store.runs.setNotes(input.runId, input.notes)),
  setTags: ownerProcedure
    .input(
      z.object({ target: z.object({ runIds: z.array(idSchema) }), tags: z.record(z.string(), z.string().nullable()) }),
    )
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.store.runs.setTags(input.target.runIds, input.tags)),
  archive: ownerProcedure
    .input(z.object({ target: z.object({ runIds: z.array(idSchema) }) }))
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.store.runs.archive(input.target.runIds)),
  restore: ownerProcedure
    .input(z.object({ target: z.object({ runIds: z.array(idSchema) }) }))
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.store.runs.restore(input.target.runIds)),
});
