import { downsample } from '@whorl/core';
import type { Columns } from '@whorl/store';
import { z } from 'zod';
import { packColumn } from '#src/api/columns.ts';
import { idSchema, metricKeySchema, type PackedSeries, packedSeriesSchema } from '../schemas.ts';
import { router, runsProcedure } from '../trpc.ts';

const fromSchema = z.record(idSchema, z.record(metricKeySchema, z.int().min(0)));

/** The columns as they cross the wire. */
export function packSeries(runId: string, key: string, offset: number, total: number, columns: Columns): PackedSeries {
  const { steps, values, times } = columns;
  return { runId, key, offset, total, steps: packColumn(steps), values: packColumn(values), times: packColumn(times) };
}

function pick({ steps, values, times }: Columns, indices: readonly number[]): Columns {
  const of = (column: Float64Array) => Float64Array.from(indices, (i) => column[i] as number);
  return { steps: of(steps), values: of(values), times: of(times) };
}

export const metricsRouter = router({
  /**
   * Points of metrics. A read from the start of a series that has many more than `most` points gives a selection that
   * draws alike; a read from a later position gives every point.
   */
  read: runsProcedure
    .input(
      z.object({
        keys: z.array(metricKeySchema).min(1).max(20),
        from: fromSchema.default({}),
        most: z.int().min(100).max(20_000).default(2_000),
      }),
    )
    .output(z.array(packedSeriesSchema))
    .query(({ ctx, input }) =>
      input.runIds.flatMap((runId) =>
        input.keys.flatMap((key) => {
          const offset = input.from[runId]?.[key] ?? 0;
          const columns = ctx.store.metrics.read(runId, key, offset);
          const total = offset + columns.steps.length;
          if (columns.steps.length === 0) return [];
          const drawn = offset === 0 ? pick(columns, downsample(columns, input.most)) : columns;
          return [packSeries(runId, key, offset, total, drawn)];
        }),
      ),
    ),
});
