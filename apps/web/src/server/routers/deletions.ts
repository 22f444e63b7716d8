import type { DeletionLoss, DeletionTarget } from '@whorl/store';
import { z } from 'zod';
import { type AskedDeletion, deletionSchema, lossSchema, type ShownLoss } from '#src/contract/deletion.ts';
import { idSchema } from '#src/contract/schemas.ts';
import type { Context } from '../access/context.ts';
import { runIdsOf } from '../access/target.ts';
import { ownerProcedure, router } from '../access/trpc.ts';
import { liveFeeds } from '../live/live-feeds.ts';

const DAY_MS = 24 * 3600 * 1000;

async function deletionTarget(context: Context, of: AskedDeletion): Promise<DeletionTarget> {
  if ('experimentId' in of) return { experimentIds: [of.experimentId] };
  if ('target' in of) return { runIds: await runIdsOf(context, of.target) };
  return context.store.deletions.archivedBefore(new Date(Date.now() - of.archivedDays * DAY_MS));
}

const shownLoss = ({ live, ...loss }: DeletionLoss): ShownLoss => ({ ...loss, live: live.length });

export const deletionsRouter = router({
  /** What would be deleted. */
  preview: ownerProcedure
    .input(z.object({ of: deletionSchema }))
    .output(lossSchema)
    .query(async ({ ctx, input }) => {
      await ctx.store.runs.markCrashed(); // a run whose process died may be deleted
      return shownLoss(ctx.store.deletions.preview(await deletionTarget(ctx, input.of)));
    }),

  /** Deletes for good what the preview with this sign showed, or nothing. */
  delete: ownerProcedure
    .input(z.object({ of: deletionSchema, sign: z.string().max(100) }))
    .output(lossSchema)
    .mutation(async ({ ctx, input }) => {
      const loss = await ctx.store.deletions.delete(await deletionTarget(ctx, input.of), input.sign);
      liveFeeds(ctx.store).hasten();
      return shownLoss(loss);
    }),

  /** Deletes files of a run for good, of each name all steps. */
  files: ownerProcedure
    .input(z.object({ runId: idSchema, names: z.array(z.string().min(1).max(10_000)).min(1).max(1_000) }))
    .output(z.object({ files: z.int() }))
    .mutation(async ({ ctx, input }) => {
      const files = await ctx.store.artifacts.remove(input.runId, input.names);
      liveFeeds(ctx.store).hasten();
      return { files };
    }),
});
