import { downsample, parseField, Smoother, within } from '@whorl/core';
import { z } from 'zod';
import { packColumn, packIntegers } from '#src/api/columns.ts';
import type { Axis } from '#src/curves/axes.ts';
import { groupKey, groupsOf } from '#src/curves/outline.ts';
import type { Context } from '../context.ts';
import { curveRuns, readOutline } from '../curves/curve-runs.ts';
import { readGroup } from '../curves/group-curve.ts';
import { readCurve, Span, withNeighbours } from '../curves/read-curve.ts';
import {
  axisSchema,
  extentSchema,
  lookSchema,
  outlineSchema,
  type PackedCurve,
  packedCurveSchema,
  packedGroupSchema,
  pathSchema,
} from '../curves/schemas.ts';
import { turns } from '../curves/turns.ts';
import { router, targetProcedure } from '../trpc.ts';
import { isFieldVisible, outside } from '../visible.ts';

const bySchema = z.array(pathSchema).max(16);

/** The paths to group by, where the viewer may see what they are. @throws TRPCError */
function visiblePaths<P extends readonly string[] | null>({ viewer }: Context, by: P): P {
  for (const path of by ?? []) if (!isFieldVisible(viewer, parseField(path))) throw outside('field');
  return by;
}

/** About as many points as one answer holds, whatever the number of runs: some 250 kB. */
const MOST_POINTS = 30_000;
const FEWEST_BUCKETS = 24;

/** Epochs are an axis only where every run says how long its are. */
const axisFor = (x: Axis, runs: readonly { readonly perEpoch: number | null }[]): Axis =>
  x === 'epoch' && runs.some(({ perEpoch }) => perEpoch === null) ? 'step' : x;

export const curvesRouter = router({
  /** What there is to draw: metrics, groups and what runs can be grouped by. */
  outline: targetProcedure
    .input(z.object({ by: bySchema.nullable(), seeds: z.boolean().default(false) }))
    .output(outlineSchema)
    .query(({ ctx, input }) => readOutline(ctx.store, ctx.selection, visiblePaths(ctx, input.by), input.seeds)),

  /** The curves of runs, each by points that draw like all of them in the range that is in view. */
  runs: targetProcedure
    .input(lookSchema.extend({ by: bySchema.default([]) }))
    .output(z.object({ x: axisSchema, extent: extentSchema, curves: z.array(packedCurveSchema) }))
    .query(async ({ ctx, input, signal }) => {
      const { key, smoothing, range } = input;
      const runs = curveRuns(ctx.store, ctx.selection, visiblePaths(ctx, input.by), input.x);
      const x = axisFor(input.x, runs);
      const share = Math.floor(MOST_POINTS / (2 * Math.max(1, runs.length)));
      const buckets = Math.min(input.buckets, Math.max(FEWEST_BUCKETS, share));
      const span = new Span();
      const turn = turns();
      const curves: PackedCurve[] = [];
      for (const run of runs) {
        await turn();
        if (signal?.aborted) break;
        const { steps, values, per, origin, recorded } = readCurve(ctx.store, run, key, x);
        if (recorded === 0) continue;
        span.add(steps, per);
        const smoother = new Smoother(smoothing);
        const smooth = smoothing > 0 ? smoother.column(values) : null;
        const view = range ? ([range[0] * per, range[1] * per] as const) : null;
        const [first, last] = view ? within(steps, view) : [0, steps.length - 1];
        const kept = withNeighbours(downsample({ steps, values }, buckets, view ?? undefined), steps, view);
        const of = (column: Float64Array) => kept.map((i) => column[i] as number);
        curves.push({
          runId: run.id,
          name: run.name,
          levels: run.levels,
          next: recorded,
          inView: Math.max(0, last - first + 1),
          x: packIntegers(of(steps)),
          per,
          origin,
          values: packColumn(of(values)),
          smooth: packColumn(smooth ? of(smooth) : []),
          smoothed: smoother.state,
        });
      }
      return { x, extent: span.ends, curves };
    }),

  /** Mean and interval of each group at every step where one of its runs has a value. */
  groups: targetProcedure
    .input(
      lookSchema.extend({
        by: bySchema,
        /** Read these groups alone: the others have not changed. */
        only: z.array(z.string().max(10_000)).max(1000).nullish(),
      }),
    )
    .output(z.object({ x: axisSchema, extent: extentSchema, groups: z.array(packedGroupSchema) }))
    .query(async ({ ctx, input, signal }) => {
      const { key, by, buckets, smoothing, only } = input;
      const runs = curveRuns(ctx.store, ctx.selection, visiblePaths(ctx, by), input.x);
      const x = axisFor(input.x, runs);
      const look = { key, x, range: input.range ?? null, buckets, smoothing };
      const span = new Span();
      const turn = turns();
      const groups = [];
      for (const group of groupsOf(runs)) {
        if (only && !only.includes(groupKey(group.levels))) continue;
        if (signal?.aborted) break;
        const { packed, extent } = await readGroup(ctx.store, group, look, turn);
        if (extent) span.add(Float64Array.from(extent), 1);
        groups.push(packed);
      }
      return { x, extent: span.ends, groups };
    }),
});
