import type { ShareTarget } from '@whorl/store';
import { z } from 'zod';
import { DEFAULT_PORT, DEFAULT_SHARE_PORT, isLoopback, type ServerSettings } from '#process/env.ts';
import { getRunning } from '#process/running.ts';
import { idSchema, shareSchema } from '#src/contract/schemas.ts';
import { type Shared, sharedSchema } from '#src/contract/share.ts';
import type { Context } from '../access/context.ts';
import { resolveTarget } from '../access/target.ts';
import { ownerProcedure, router } from '../access/trpc.ts';

/**
 * A share of a comparison lists the target's current runs, so that the link never shows runs that did not exist when it was
 * made.
 */
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

/** Where links open, and for whom. */
const reachSchema = z.object({
  /** The address for other people; null while nothing listens. */
  origin: z.string().nullable(),
  /** Whether other machines can reach it. */
  wide: z.boolean(),
  /** The command that starts the app so that they can. */
  command: z.string(),
});

/** Ports are named unless they are the defaults. */
function serveCommand({ port, sharePort }: Pick<ServerSettings, 'port' | 'sharePort'>): string {
  const named = [
    ...(port === DEFAULT_PORT ? [] : [`--port ${port}`]),
    ...(sharePort === DEFAULT_SHARE_PORT ? [] : [`--share-port ${sharePort}`]),
  ];
  return ['npx whorl serve --share-host 0.0.0.0', ...named].join(' ');
}

export const sharesRouter = router({
  /** Who can open links. */
  reach: ownerProcedure.output(reachSchema).query(() => {
    const { settings, shareUrl } = getRunning();
    const wide = shareUrl !== null && !isLoopback(new URL(shareUrl).hostname);
    return { origin: shareUrl, wide, command: serveCommand(settings) };
  }),

  /** Creates a link. Its address is in this answer and nowhere else. */
  create: ownerProcedure
    .input(z.object({ of: sharedSchema, days: z.number().positive().max(3650).optional() }))
    .output(z.object({ share: shareSchema, path: z.string(), origin: z.string().nullable() }))
    .mutation(async ({ ctx, input }) => {
      const { token, share } = await ctx.store.shares.create(await readShared(ctx, input.of), input.days);
      return { share, path: `/s/${token}`, origin: getRunning().shareUrl };
    }),

  /** The valid links to exactly this. */
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
