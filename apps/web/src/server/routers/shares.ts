import { z } from 'zod';
import { getRunning } from '#server/running.ts';
import { idSchema, shareSchema } from '../schemas.ts';
import { ownerProcedure, router } from '../trpc.ts';

export const sharesRouter = router({
  /** Makes a link. Its address is in this answer and nowhere else. */
  create: ownerProcedure
    .input(z.object({ experimentId: idSchema, days: z.number().positive().max(3650).optional() }))
    .output(z.object({ share: shareSchema, path: z.string(), url: z.string().nullable() }))
    .mutation(async ({ ctx, input }) => {
      const experiment = await ctx.store.experiments.get(input.experimentId);
      const { token, share } = await ctx.store.shares.create(
        { kind: 'experiment', experimentId: experiment.id },
        input.days,
      );
      const { shareUrl } = getRunning();
      return { share, path: `/s/${token}`, url: shareUrl && `${shareUrl}/s/${token}` };
    }),

  /** The links to an experiment that still open. */
  list: ownerProcedure
    .input(z.object({ experimentId: idSchema }))
    .output(z.array(shareSchema))
    .query(({ ctx, input }) => ctx.store.shares.list(input.experimentId)),

  revoke: ownerProcedure
    .input(z.object({ shareId: idSchema }))
    .output(z.object({ revoked: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await ctx.store.shares.revoke(input.shareId);
      return { revoked: true };
    }),
});
