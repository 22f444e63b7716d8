import { MAIN_METRICS } from '@whorl/core';
import { z } from 'zod';
import { idSchema } from '#src/contract/schemas.ts';
import { type SparklineData, sparklineSchema } from '#src/contract/sparkline.ts';
import { ownerProcedure, router } from '../access/trpc.ts';
import { bestConfiguration } from '../record/best.ts';
import { readablePoints } from '../record/points.ts';
import { seriesOutline } from '../record/sparkline.ts';

/** Runs that have just begun have nothing to draw, so a few earlier ones are tried as well. */
const LATEST = 3;

/** Enough digits for a picture of 96 pixels, at a third of the size. */
const rounded = (values: readonly number[]) => values.map((value) => Number(value.toPrecision(4)));

export const sparklinesRouter = router({
  /**
   * For each experiment the curve of its main metric: of the median run of the best configuration or, before any run has
   * ended, of the latest run. Experiments without a curve are left out.
   */
  list: ownerProcedure
    .input(z.object({ experimentIds: z.array(idSchema).max(100) }))
    .output(z.array(sparklineSchema))
    .query(async ({ ctx: { store }, input }) => {
      const shown = await Promise.all(
        input.experimentIds.map(async (id) => {
          const best = bestConfiguration(store, id);
          return best ? store.runs.getMany([best.median]) : (await store.runs.list(id, { limit: LATEST })).items;
        }),
      );
      return shown.flatMap((items, i): SparklineData[] => {
        for (const run of items) {
          // A metric that was measured once, after training, forms no curve.
          const curves = run.metrics.filter(({ count }) => count > 1);
          const main = MAIN_METRICS.flatMap((key) => curves.find((series) => series.key === key) ?? [])[0];
          if (!main) continue;
          const { lows, highs, last } = seriesOutline(readablePoints(store), run.id, main.key, main.count).read();
          const experimentId = input.experimentIds[i] as string;
          return [{ experimentId, runId: run.id, key: main.key, lows: rounded(lows), highs: rounded(highs), last }];
        }
        return [];
      });
    }),
});
