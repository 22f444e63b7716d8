import { TRPCError } from '@trpc/server';
import { commandOf, type Field, parseField } from '@whorl/core';
import { z } from 'zod';
import { LONGEST_SEARCH, matchesMetric } from '#src/contract/metric-search.ts';
import {
  fieldInfoSchema,
  fieldTextSchema,
  frameSchema,
  idSchema,
  nameSchema,
  pointsSchema,
  runDetailSchema,
  runSchema,
  seriesSummarySchema,
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
import { briefMetrics } from '../record/brief-metrics.ts';
import { listFrames, listPoints } from '../record/frames.ts';

/** z.record drops the key `__proto__` silently. */
const tagsSchema = z.preprocess(
  (value, context) => {
    if (typeof value === 'object' && value !== null && Object.hasOwn(value, '__proto__')) {
      context.addIssue({ code: 'custom', message: 'no tag can be called __proto__' });
    }
    return value;
  },
  z.record(z.string(), z.string().nullable()),
);

/** What was changed, so that it can be undone. */
const changedSchema = z.object({ runIds: z.array(idSchema) });
const changeProcedure = ownerProcedure.input(z.object({ target: targetSchema })).output(changedSchema);
const changeOneProcedure = ownerProcedure.input(z.object({ runId: idSchema })).output(changedSchema);

/** A table of more rows than this is searched, not read. */
const MOST_LISTED = 5_000;
const LONGEST_VALUE = 200;
const isShort = (value: unknown): boolean => typeof value !== 'string' || value.length <= LONGEST_VALUE;

export const runsRouter = router({
  /** A window of the table of a target's runs, with a column for each field; newest first by default. */
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

  /** The fields of a target's runs, whatever its query, for choosing columns and completing queries. */
  fields: targetProcedure.output(z.array(fieldInfoSchema)).query(({ ctx }) =>
    ctx.store.runs
      .fields(ctx.selection)
      .filter(({ field }) => isFieldVisible(ctx.viewer, parseField(field)))
      // Values are used for completion: a shortened one would be another value.
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

  /** Sets tags of all runs of a target; null removes one. */
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
      // A cursor that is a run of another experiment would reveal that it exists, and when it was created.
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
      // Somebody who may see only the run is not told the experiment's name.
      const experiment = isExperimentVisible(ctx, run.experimentId)
        ? experimentFor(texts, await ctx.store.experiments.get(run.experimentId)).name
        : undefined;
      const { host, ...environment } = run.environment; // the host is listed first
      return {
        ...run,
        command: commandOf(run, experiment),
        metrics: briefMetrics(run),
        metricCount: run.metrics.length,
        environment: host === undefined ? environment : { host, ...environment },
      };
    }),

  /** The metrics of a run whose keys a search finds, in natural order, and how many there are. */
  metrics: runsProcedure
    .input(
      z.object({
        runIds: z.array(idSchema).length(1),
        search: z.string().max(LONGEST_SEARCH).default(''),
        limit: z.int().min(1).max(MOST_LISTED).default(100),
      }),
    )
    .output(z.object({ total: z.int(), items: z.array(seriesSummarySchema) }))
    .query(async ({ ctx, input: { runIds, search, limit } }) => {
      const { metrics } = runDetailFor(textsFor(ctx.viewer), await ctx.store.runs.get(runIds[0] as string));
      const found = metrics.filter(({ key }) => matchesMetric(search, key));
      return { total: found.length, items: found.slice(0, limit) };
    }),

  /** The recorded boundary pictures of the runs, and their training points. */
  boundary: runsProcedure
    .output(z.object({ frames: z.array(frameSchema), points: z.array(pointsSchema) }))
    .query(async ({ ctx, input }) => ({
      frames: await listFrames(ctx.store, input.runIds),
      points: await listPoints(ctx.store, input.runIds),
    })),
});
