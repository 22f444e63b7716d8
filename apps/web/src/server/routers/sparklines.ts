import { MAIN_METRICS } from '@whorl/core';
import { z } from 'zod';
import { idSchema } from '#src/contract/schemas.ts';
import { type SparklineData, sparklineSchema } from '#src/contract/sparkline.ts';
import { ownerProcedure, router } from '../access/trpc.ts';
import { bestConfiguration } from '../record/best.ts';
import { readablePoints } from '../record/points.ts';
import { seriesOutline } from '../record/sparkline.ts';

/** A run that has just begun has nothing to draw; one before it may. */
const LATEST = 3;

/** Enough for a picture of 96 pixels, and a third of the bytes. */
const rounded = (values: readonly number[]) => values.map((value) => Number(value.toPrecision(4)));

export const sparklinesRouter = router({
  /**
   * The curve of the main metric in each experiment's best configuration, of its run in the middle; before any has
   * ended, in the latest run. Those without one are left out.
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
          // What was measured once, after the training, makes no curve.
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
