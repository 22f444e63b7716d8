import { TRPCError } from '@trpc/server';
import { commandOf, type Field, parseField } from '@whorl/core';
import { z } from 'zod';
import {
  fieldInfoSchema,
  fieldTextSchema,
  frameSchema,
  idSchema,
  nameSchema,
  pointsSchema,
  runDetailSchema,
  runSchema,
  shownCellSchema,
  sortSchema,
  stopAnswerSchema,
} from '#src/contract/schemas.ts';
import { targetSchema } from '#src/contract/target.ts';
import { charge } from '../access/budget.ts';
import { experimentFor, runDetailFor, runFor, textsFor } from '../access/guest-view.ts';
import { runIdsOf } from '../access/target.ts';
import { experimentProcedure, ownerProcedure, router, runsProcedure, targetProcedure } from '../access/trpc.ts';
import { allVisible, isExperimentVisible, isFieldVisible, outside, readFields } from '../access/visible.ts';
import { liveFeeds } from '../live/live-feeds.ts';
import { listFrames, listPoints } from '../record/frames.ts';

/** A record drops a key `__proto__` without a word. */
const tagsSchema = z.preprocess(
  (value, context) => {
    if (typeof value === 'object' && value !== null && Object.hasOwn(value, '__proto__')) {
      context.addIssue({ code: 'custom', message: 'no tag can be called __proto__' });
    }
    return value;
  },
  z.record(z.string(), z.string().nullable()),
);

/** What was changed, for who wants to undo it. */
const changedSchema = z.object({ runIds: z.array(idSchema) });
const changeProcedure = ownerProcedure.input(z.object({ target: targetSchema })).output(changedSchema);
const changeOneProcedure = ownerProcedure.input(z.object({ runId: idSchema })).output(changedSchema);

const LONGEST_VALUE = 200;
const isShort = (value: unknown): boolean => typeof value !== 'string' || value.length <= LONGEST_VALUE;

export const runsRouter = router({
  /** A part of the table of a target's runs: a column for each field. Newest first where nothing is said. */
  table: targetProcedure
    .input(
      z.object({
        fields: z.array(fieldTextSchema).max(200),
        sort: z.array(sortSchema).max(16).default([]),
        offset: z.int().min(0).default(0),
        limit: z.int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ total: z.int(), ids: z.array(idSchema), columns: z.array(z.array(shownCellSchema)) }))
    .query(({ ctx, input }) => {
      const { offset, limit } = input;
      charge(ctx.viewer, 'columns x runs', input.sort.length * ctx.inScope + input.fields.length * limit);
      const fields = readFields(ctx, input.fields);
      const sortFields = readFields(
        ctx,
        input.sort.map(({ field }) => field),
      );
      const sort = input.sort.map(({ descending }, i) => ({ field: sortFields[i] as Field, descending }));
      return ctx.store.runs.table({ ...ctx.selection, fields, sort, offset, limit });
    }),

  /** What the runs have, for the choice of columns and the completion of a query, whatever the target's query. */
  fields: targetProcedure.output(z.array(fieldInfoSchema)).query(({ ctx }) =>
    ctx.store.runs
      .fields(ctx.selection)
      .filter(({ field }) => isFieldVisible(ctx.viewer, parseField(field)))
      // The values are to be completed with: one that is cut would be another value.
      .map((info) => ({ ...info, values: info.values.filter(isShort) })),
  ),

  rename: changeOneProcedure.input(z.object({ name: nameSchema })).mutation(async ({ ctx, input: { runId, name } }) => {
    await ctx.store.runs.rename(runId, name);
    return { runIds: [runId] };
  }),

  setNotes: changeOneProcedure
    .input(z.object({ notes: z.string() }))
    .mutation(async ({ ctx, input: { runId, notes } }) => {
      await ctx.store.runs.setNotes(runId, notes);
      return { runIds: [runId] };
    }),

  /** Sets tags of all runs of a target; null takes one away. */
  setTags: changeProcedure.input(z.object({ tags: tagsSchema })).mutation(async ({ ctx, input: { target, tags } }) => {
    const runIds = await runIdsOf(ctx, target);
    await ctx.store.runs.setTags(runIds, tags);
    return { runIds };
  }),

  archive: changeProcedure.mutation(async ({ ctx, input: { target } }) => {
    return { runIds: await ctx.store.runs.archive(await runIdsOf(ctx, target)) };
  }),

  restore: changeProcedure.mutation(async ({ ctx, input: { target } }) => {
    return { runIds: await ctx.store.runs.restore(await runIdsOf(ctx, target)) };
  }),

  /** How many of a target's runs have not ended. */
  live: ownerProcedure
    .input(z.object({ target: targetSchema }))
    .output(z.int())
    .query(async ({ ctx, input }) => ctx.store.runs.liveAmong(await runIdsOf(ctx, input.target)).length),

  /** Asks those of a target's runs that have not ended to stop. */
  stop: ownerProcedure
    .input(z.object({ target: targetSchema }))
    .output(stopAnswerSchema)
    .mutation(async ({ ctx, input }) => {
      const runIds = await runIdsOf(ctx, input.target);
      const answer = await ctx.store.runs.requestStop(runIds, 'page');
      liveFeeds(ctx.store).hasten();
      return answer;
    }),

  list: experimentProcedure
    .input(z.object({ cursor: idSchema.nullish(), limit: z.int().min(1).max(200).default(100) }))
    .output(z.object({ items: z.array(runSchema), nextCursor: idSchema.nullable() }))
    .query(async ({ ctx, input }) => {
      const { experimentId, cursor, limit } = input;
      // A cursor that is a run of elsewhere would tell that it is there, and when it was made.
      if (cursor && !allVisible(ctx, [cursor])) throw outside('run');
      const page = await ctx.store.runs.list(experimentId, { cursor: cursor ?? undefined, limit });
      const texts = textsFor(ctx.viewer);
      return { items: page.items.map((run) => runFor(texts, run)), nextCursor: page.nextCursor };
    }),

  get: runsProcedure
    .input(z.object({ runIds: z.array(idSchema).length(1) }))
    .output(runDetailSchema)
    .query(async ({ ctx, input }) => {
      const [id] = input.runIds;
      if (id === undefined) throw new TRPCError({ code: 'BAD_REQUEST', message: 'runIds: expected one id' });
      const texts = textsFor(ctx.viewer);
      const run = runDetailFor(texts, await ctx.store.runs.get(id));
      // Who sees but the run is not told what its experiment is called.
      const experiment = isExperimentVisible(ctx, run.experimentId)
        ? experimentFor(texts, await ctx.store.experiments.get(run.experimentId)).name
        : undefined;
      const { host, ...environment } = run.environment; // first of all, where it was
      return {
        ...run,
        command: commandOf(run, experiment),
        metrics: [...run.metrics],
        environment: host === undefined ? environment : { host, ...environment },
      };
    }),

  /** The recorded pictures of the runs' decision boundaries, and the points that they were trained on. */
  boundary: runsProcedure
    .output(z.object({ frames: z.array(frameSchema), points: z.array(pointsSchema) }))
    .query(async ({ ctx, input }) => ({
      frames: await listFrames(ctx.store, input.runIds),
      points: await listPoints(ctx.store, input.runIds),
    })),
});
