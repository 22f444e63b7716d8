import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { cellSchema, fieldTextSchema, realSchema, sortSchema } from '#src/contract/schemas.ts';
import { charge } from '../access/budget.ts';
import { router, targetProcedure } from '../access/trpc.ts';
import { readFields } from '../access/visible.ts';
import { comparedResults, LOSS_FIELDS, lossesFirst } from '../record/divergence.ts';
import { type GroupSort, groupRuns, REPLICATE_PATHS, sortGroups } from '../record/grouping.ts';

const MOST_FIELDS = 8;
const STATUS = { kind: 'attribute', key: 'status' } as const;
const REPLICATES = REPLICATE_PATHS.map((key) => ({ kind: 'param', key }) as const);

const summarySchema = z.object({
  n: z.int(),
  mean: realSchema,
  sd: realSchema.nullable(),
  ci95: z.tuple([realSchema, realSchema]).readonly().nullable(),
});

const groupSchema = z.object({
  values: z.array(cellSchema),
  runs: z.int(),
  unfinished: z.int(),
  metrics: z.array(z.object({ summary: summarySchema.nullable(), runs: z.int(), diverged: z.int(), never: z.int() })),
});

export const groupingRouter = router({
  /**
   * Groups the runs of a target by some fields, with mean and 95% interval over seeds of some metrics. It covers all runs,
   * whatever part of them a page shows.
   */
  groups: targetProcedure
    .input(
      z.object({
        by: z.array(fieldTextSchema).max(MOST_FIELDS),
        metrics: z.array(fieldTextSchema).max(200),
        /** Fields among `by` and `metrics`. */
        sort: z.array(sortSchema).max(MOST_FIELDS).default([]),
        limit: z.int().min(1).max(5_000).default(2_000),
      }),
    )
    .output(z.object({ groups: z.array(groupSchema), total: z.int(), runs: z.int() }))
    .query(({ ctx, input: { target, by, metrics, sort, limit } }) => {
      charge(ctx.viewer, 'columns x runs', (by.length + metrics.length) * ctx.inScope);
      const order = sort.map(({ field, descending }): GroupSort => {
        const value = by.indexOf(field);
        const metric = metrics.indexOf(field);
        if (value < 0 && metric < 0) {
          throw new TRPCError({ code: 'BAD_REQUEST', message: `sort: ${field} is neither grouped by nor summed up` });
        }
        return value >= 0 ? { kind: 'value', index: value, descending } : { kind: 'metric', index: metric, descending };
      });
      const measured = readFields(ctx, metrics);
      const keys = measured.map((field) => (field.kind === 'metric' ? field.key : ''));
      const fields = [...readFields(ctx, by), ...measured, ...LOSS_FIELDS, STATUS, ...REPLICATES];
      const { groups, runs } = ctx.store.kept(
        JSON.stringify(['groups', target, ctx.timeZone, ctx.selection.texts, by, metrics]),
        () => {
          const { total, columns } = ctx.store.runs.table({ ...ctx.selection, fields, limit: Number.MAX_SAFE_INTEGER });
          const at = by.length + measured.length;
          const [levels, results] = [columns.slice(0, by.length), columns.slice(by.length, at)];
          const [losses, [statuses = [], ...replicates]] = lossesFirst(columns.slice(at));
          const values = comparedResults(results, keys, losses);
          return { groups: groupRuns(levels, values, statuses, replicates, keys), runs: total };
        },
      );
      return { groups: sortGroups(groups, order).slice(0, limit), total: groups.length, runs };
    }),
});
