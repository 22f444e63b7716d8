import { parseField } from '@whorl/core';
import { z } from 'zod';
import { type Axis, metricOfAxis } from '#src/contract/axes.ts';
import {
  axisSchema,
  extentSchema,
  groupFieldSchema,
  lookSchema,
  outlineSchema,
  packedCurveSchema,
  packedGroupSchema,
} from '#src/contract/curves.ts';
import { groupKey, groupsOf, MOST_GROUPED } from '#src/contract/outline.ts';
import { charge } from '../access/budget.ts';
import type { Context } from '../access/context.ts';
import { textsFor, told } from '../access/guest-view.ts';
import { router, targetProcedure } from '../access/trpc.ts';
import { isFieldVisible, outside } from '../access/visible.ts';
import { type CurveRun, curveRuns, readOutline } from '../curves/curve-runs.ts';
import { MOST_BUCKETS, readGroup } from '../curves/group-curve.ts';
import { placingMetric, Span } from '../curves/read-curve.ts';
import { readRun } from '../curves/run-curve.ts';
import { turns } from '../curves/turns.ts';
import { readablePoints } from '../record/points.ts';

const bySchema = z.array(groupFieldSchema).max(MOST_GROUPED).readonly();

/**
 * The paths to group by, if the viewer may see them.
 * @throws TRPCError
 */
function visiblePaths<P extends readonly string[] | null>({ viewer }: Context, by: P): P {
  for (const path of by ?? []) if (!isFieldVisible(viewer, parseField(path))) throw outside('field');
  return by;
}

/** About how many points an answer has, whatever the number of runs: some 250 kB. */
const MOST_POINTS = 30_000;
const FEWEST_BUCKETS = 24;
/** At most this many points are written to a file. A file with longer curves has what is drawn, and says so. */
const MOST_IN_FILE = 1_000_000;

/** Epochs can be an axis only if every run says how long they are, or logs them. */
const axisFor = (x: Axis, runs: readonly Pick<CurveRun, 'perEpoch' | 'epochKey'>[]): Axis =>
  x === 'epoch' && runs.some(({ perEpoch, epochKey }) => perEpoch === null && epochKey === null) ? 'step' : x;

/** Refuses an axis of a metric that the viewer may not see. @throws TRPCError */
function checkAxis({ viewer }: Context, x: Axis): void {
  const key = metricOfAxis(x);
  if (key !== null && !isFieldVisible(viewer, { kind: 'metric', key, part: 'last' })) throw outside('field');
}

export const curvesRouter = router({
  /** What can be drawn: metrics, groups, and factors to group by. */
  outline: targetProcedure
    .input(z.object({ by: bySchema.nullable(), seeds: z.boolean().default(false) }))
    .output(outlineSchema)
    .query(({ ctx, input }) => readOutline(ctx.store, ctx.selection, visiblePaths(ctx, input.by), input.seeds)),

  /** The curves of a chart in the range in view: of runs, and mean and interval of groups. */
  chart: targetProcedure
    .input(
      lookSchema.extend({
        by: bySchema.default([]),
        /** Whether runs are drawn, and whether means of groups are. */
        raw: z.boolean().default(true),
        mean: z.boolean().default(false),
        /** Every recorded point, for a file. Where there are too many, only those that are drawn. */
        every: z.boolean().default(false),
        /** Read only these groups; the others have not changed. */
        only: z.array(z.string().max(10_000)).max(1000).readonly().nullish(),
      }),
    )
    .output(
      z.object({
        x: axisSchema,
        /** Whether places come from another metric: new points have none until they are read. */
        isPlaced: z.boolean(),
        extent: extentSchema,
        curves: z.array(packedCurveSchema),
        groups: z.array(packedGroupSchema),
        /** Whether points in view were left out. */
        isThinned: z.boolean(),
        /** Errors of series that cannot be read, and are not drawn. */
        damaged: z.array(z.string()),
      }),
    )
    .query(async ({ ctx, input, signal }) => {
      const { by, raw, mean, only } = input;
      checkAxis(ctx, input.x);
      const runs = curveRuns(ctx.store, ctx.selection, visiblePaths(ctx, by), input.x);
      const runIds = runs.map(({ id }) => id);
      charge(ctx.viewer, 'points', ctx.store.metrics.countPoints(runIds, input.key));
      const x = axisFor(input.x, runs);
      const placing = new Set(runs.flatMap((run) => placingMetric(run, x) ?? []));
      for (const key of placing) charge(ctx.viewer, 'points', ctx.store.metrics.countPoints(runIds, key));
      const look = { ...input, x, range: input.range ?? null };
      const share = Math.floor(MOST_POINTS / (2 * Math.max(1, runs.length)));
      const buckets = Math.min(input.buckets, Math.max(FEWEST_BUCKETS, share));
      const span = new Span();
      const damaged: string[] = [];
      const store = readablePoints(ctx.store, (said) => damaged.push(told(said, textsFor(ctx.viewer))));
      const turn = turns();
      const curves = [];
      let [points, isThinned] = [0, false];
      for (const run of raw ? runs : []) {
        await turn();
        if (signal?.aborted) break;
        const every = input.every && points < MOST_IN_FILE;
        const curve = readRun(store, run, { ...look, buckets, every }, span);
        if (!curve) continue;
        curves.push(curve);
        if (every) points += curve.inView;
        else isThinned ||= curve.inView > 2 * buckets;
      }
      const groups = [];
      for (const group of mean ? groupsOf(runs) : []) {
        if (only && !only.includes(groupKey(group.levels))) continue;
        if (signal?.aborted) break;
        const every = input.every && points < MOST_IN_FILE;
        const read = await readGroup(store, group, { ...look, every }, span, turn);
        groups.push(read);
        if (every) points += read.inView;
        else isThinned ||= read.inView > 2 * MOST_BUCKETS;
      }
      return { x, isPlaced: placing.size > 0, extent: span.ends, curves, groups, isThinned, damaged };
    }),
});
