import { TRPCError } from '@trpc/server';
import type { Goal } from '@whorl/core';
import type { RunSelection } from '@whorl/store';
import { z } from 'zod';
import {
  type Analysis,
  analysisSchema,
  answerSchema,
  goalSchema,
  layerMapSchema,
  marginSchema,
  overviewSchema,
  pathSchema,
  planSchema,
  shortFieldSchema,
  spreadSchema,
} from '#src/contract/comparison.ts';
import { pointColumns } from '#src/contract/points.ts';
import { questionOf } from '#src/contract/question.ts';
import { idSchema, realSchema } from '#src/contract/schemas.ts';
import { charge } from '../access/budget.ts';
import type { Context } from '../access/context.ts';
import { router, runsProcedure, targetProcedure } from '../access/trpc.ts';
import { readFields } from '../access/visible.ts';
import { accuraciesAt } from '../comparison/accuracies.ts';
import { analyse } from '../comparison/analysis.ts';
import { LAYER_MEASURES, layerMap, spreads } from '../comparison/layers.ts';
import { experimentsOf, missingOf } from '../comparison/origins.ts';
import { overview } from '../comparison/overview.ts';
import { planOf } from '../comparison/plan.ts';
import { hasPlanes, readColumns, readObserved, readRuns, readVarying } from '../comparison/read.ts';
import { readablePoints } from '../record/points.ts';

/** Only a few runs at a time: each has many series of layers. */
const insideProcedure = runsProcedure.input(z.object({ runIds: z.array(idSchema).min(1).max(20) }));

/**
 * The finished runs of a selection that have the metric.
 * @throws TRPCError for the name of anything else
 */
async function observedIn(ctx: Context, selection: RunSelection, metric: string) {
  const [field] = readFields(ctx, [metric]);
  if (field?.kind !== 'metric') {
    throw new TRPCError({ code: 'BAD_REQUEST', message: `metric: expected metrics.…, got ${metric}` });
  }
  const { varying } = await readVarying(ctx.store, selection);
  return { key: field.key, ...(await readObserved(ctx.store, selection, field, varying)) };
}

/** Analyses the finished runs of a selection by some factors and a metric. */
async function analysisOf(
  ctx: Context,
  selection: RunSelection,
  {
    metric,
    by,
    margin = null,
    goal = null,
  }: {
    readonly metric: string;
    readonly by: readonly string[];
    readonly margin?: number | null;
    readonly goal?: Goal | null;
  },
): Promise<Analysis> {
  const { key, runs, leftOut } = await observedIn(ctx, selection, metric);
  return analyse(runs, leftOut, { field: metric, metric: key, by: [...new Set(by)], margin, goal });
}

export const comparisonRouter = router({
  /** What the runs of a target have in common, and in what they differ. */
  overview: targetProcedure.output(overviewSchema).query(async ({ ctx, input }) => {
    const { selection } = ctx;
    const { varying, metrics } = await readVarying(ctx.store, selection);
    const runs = await readRuns(ctx.store, selection, varying);
    return {
      ...overview(runs, metrics),
      planar: await hasPlanes(ctx.store, runs),
      missing: missingOf(input.target, runs),
      experiments: await experimentsOf(ctx, input.target, runs),
    };
  }),

  /** Analyses the finished runs of a target by some factors and a metric. */
  analyse: targetProcedure
    .input(
      z.object({
        metric: shortFieldSchema,
        by: z.array(pathSchema).max(6),
        margin: marginSchema,
        goal: goalSchema.nullable().default(null),
      }),
    )
    .output(analysisSchema)
    .query(({ ctx, input }) => analysisOf(ctx, ctx.selection, input)),

  /**
   * How many seeds the runs of a target need to show the smallest difference that matters; null where no number is enough.
   */
  plan: targetProcedure
    .input(
      z.object({ metric: shortFieldSchema, by: z.array(pathSchema).min(1).max(6), difference: z.number().positive() }),
    )
    .output(planSchema.nullable())
    .query(async ({ ctx, input: { metric, by, difference } }) => {
      const { key, runs } = await observedIn(ctx, ctx.selection, metric);
      return planOf(ctx, runs, { metric: key, by: [...new Set(by)], difference });
    }),

  /**
   * The verdict with what its sentence names, without the runs: by some factors, or for the question that the target's
   * comparison opens with.
   */
  answer: targetProcedure
    .input(z.object({ by: z.array(pathSchema).max(6).nullable().default(null) }))
    .output(answerSchema)
    .query(async ({ ctx, input }) => {
      const { varying, metrics } = await readVarying(ctx.store, ctx.selection);
      const asked = overview(await readRuns(ctx.store, ctx.selection, varying), metrics);
      const { by, field } = questionOf({ by: [], metric: '' }, asked);
      return analysisOf(ctx, ctx.selection, { metric: field, by: input.by ?? by });
    }),

  /** The values of some fields of all runs of a target, as columns, oldest run first. */
  columns: targetProcedure
    .input(z.object({ fields: z.array(shortFieldSchema).max(40) }))
    .output(
      z.object({
        ids: z.array(idSchema),
        columns: z.array(z.array(z.union([z.string(), realSchema, z.boolean(), z.null()]))),
      }),
    )
    .query(async ({ ctx, input }) => {
      charge(ctx.viewer, 'columns x runs', input.fields.length * ctx.inScope);
      const { selection } = ctx;
      return readColumns(ctx.store, selection, readFields(ctx, input.fields));
    }),

  /** Each run's accuracy at some steps, or at the nearest step before, to be shown below pictures of boundaries. */
  accuracies: runsProcedure
    .input(z.object({ steps: z.array(z.int()).max(1_000) }))
    .output(z.array(z.object({ runId: idSchema, ...pointColumns('steps', z.array(z.int()), z.array(realSchema)) })))
    .query(({ ctx, input }) => {
      charge(ctx.viewer, 'steps x runs', input.steps.length * input.runIds.length);
      return input.runIds.map((runId) => accuraciesAt(readablePoints(ctx.store), runId, input.steps));
    }),

  /** A measure of each layer over the steps, of all runs together. */
  layers: insideProcedure
    .input(z.object({ measure: z.enum(LAYER_MEASURES) }))
    .output(layerMapSchema)
    .query(({ ctx, input }) => layerMap(ctx.store, input.runIds, input.measure)),

  /** The distributions of activations over the steps, of all runs together. */
  spreads: insideProcedure
    .output(z.object({ spreads: z.array(spreadSchema), runs: z.int() }))
    .query(({ ctx, input }) => spreads(ctx.store, input.runIds)),
});
