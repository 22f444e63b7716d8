import type { ShareTarget } from '@whorl/store';
import { z } from 'zod';
import { getRunning } from '#server/running.ts';
import type { Context } from '../context.ts';
import { idSchema, shareSchema } from '../schemas.ts';
import { resolveTarget, targetSchema } from '../target.ts';
import { ownerProcedure, router } from '../trpc.ts';

/** What a link may be to: an experiment, a run, or a comparison of runs. */
const sharedSchema = z.union([
  z.strictObject({ experimentId: idSchema }),
  z.strictObject({ runId: idSchema }),
  z.strictObject({ comparison: targetSchema }),
]);
export type Shared = z.infer<typeof sharedSchema>;

/** A comparison is of the runs that its target has now: a link never comes to show what was not there when it was made. */
async function readShared(context: Context, shared: Shared): Promise<ShareTarget> {
  const { store } = context;
  if ('experimentId' in shared) {
    const { id } = await store.experiments.get(shared.experimentId);
    return { kind: 'experiment', experimentId: id };
  }
  if ('runId' in shared) {
    const { id } = await store.runs.get(shared.runId);
    return { kind: 'run', runIds: [id] };
  }
  const selection = await resolveTarget(context, shared.comparison);
  return { kind: 'comparison', runIds: store.runs.ids(selection, [OLDEST_FIRST]) };
}

const OLDEST_FIRST = { field: { kind: 'attribute', key: 'created' }, descending: false } as const;

export const sharesRouter = router({
  /** Makes a link. Its address is in this answer and nowhere else. */
  create: ownerProcedure
    .input(z.object({ of: sharedSchema, days: z.number().positive().max(3650).optional() }))
    .output(z.object({ share: shareSchema, path: z.string(), origin: z.string().nullable() }))
    .mutation(async ({ ctx, input }) => {
      const { token, share } = await ctx.store.shares.create(await readShared(ctx, input.of), input.days);
      return { share, path: `/s/${token}`, origin: getRunning().shareUrl };
    }),

  /** The links to just this that still open. */
  list: ownerProcedure
    .input(z.object({ of: sharedSchema }))
    .output(z.array(shareSchema))
    .query(async ({ ctx, input }) => ctx.store.shares.list(await readShared(ctx, input.of))),

  revoke: ownerProcedure
    .input(z.object({ shareId: idSchema }))
    .output(z.object({ revoked: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await ctx.store.shares.revoke(input.shareId);
      return { revoked: true };
    }),
});
