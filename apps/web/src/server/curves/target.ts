import { TRPCError } from '@trpc/server';
import type { RunSelection } from '@whorl/store';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { idSchema } from '../schemas.ts';
import { allVisible, procedure } from '../trpc.ts';

const targetSchema = z.union([
  z.object({ experimentId: idSchema, query: z.string().optional(), archived: z.boolean().optional() }),
  z.object({ runIds: z.array(idSchema).max(1000) }),
  z.object({ runSet: idSchema }),
]);
export type Target = z.infer<typeof targetSchema>;

export const targetProcedure = procedure.input(z.object({ target: targetSchema })).use(async ({ ctx, input, next }) => {
  const { target } = input;
  const { viewer } = ctx;
  const visible =
    'runIds' in target
      ? await allVisible(ctx, target.runIds)
      : viewer.kind === 'owner' ||
        ('experimentId' in target &&
          viewer.share.kind === 'experiment' &&
          viewer.share.experimentId === target.experimentId);
  if (!visible) throw new TRPCError({ code: 'NOT_FOUND', message: 'no such run' });
  return next();
});

export async function selectionOf(_context: Context, target: Target): Promise<RunSelection> {
  if ('experimentId' in target) return { scope: { experimentId: target.experimentId }, archived: target.archived };
  return { scope: { runIds: 'runIds' in target ? target.runIds : [] } };
}

export async function watchOf(_context: Context, target: Target): Promise<{ experimentId?: string; runIds: string[] }> {
  if ('experimentId' in target) return { experimentId: target.experimentId, runIds: [] };
  return { runIds: 'runIds' in target ? target.runIds : [] };
}
