import { initTRPC, TRPCError } from '@trpc/server';
import type { StoreErrorCode } from '@whorl/store';
import superjson from 'superjson';
import { z } from 'zod';
import type { Context } from './context.ts';
import { idSchema } from './schemas.ts';
import { asStoreError } from './store.ts';

const t = initTRPC.context<Context>().create({
  transformer: superjson,
  isDev: false, // no stack traces on the wire
  sse: { ping: { enabled: true, intervalMs: 5_000 }, client: { reconnectAfterInactivityMs: 20_000 } },
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    data: { ...shape.data, storeCode: asStoreError(error.cause)?.code ?? null },
  }),
});

/** What each failure of the record is called on the wire, and so which HTTP status it has. */
export const TRPC_CODES = {
  'not-found': 'NOT_FOUND',
  'bad-input': 'BAD_REQUEST',
  conflict: 'CONFLICT',
  unusable: 'INTERNAL_SERVER_ERROR',
  'disk-full': 'SERVICE_UNAVAILABLE',
} as const satisfies Record<StoreErrorCode, TRPCError['code']>;

/** Gives failures their code, and keeps from the wire what an unforeseen one says of the machine. */
function translate(error: TRPCError): TRPCError {
  const { cause } = error;
  const failure = asStoreError(cause);
  if (failure) return new TRPCError({ code: TRPC_CODES[failure.code], message: failure.message, cause: failure });
  if (error.code !== 'INTERNAL_SERVER_ERROR') return error;
  console.error(cause ?? error);
  return new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: 'something went wrong; the server log says what' });
}

export const procedure = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (!result.ok) throw translate(result.error);
  return result;
});

/** What is outside of a share is, to its viewer, not there. */
const outside = (what: string) => new TRPCError({ code: 'NOT_FOUND', message: `no such ${what}` });

/** For the person whose record it is. */
export const ownerProcedure = procedure.use(({ ctx, next }) => {
  if (ctx.viewer.kind !== 'owner') throw outside('procedure');
  return next();
});

/** For everyone who may see the experiment of the input. */
export const experimentProcedure = procedure
  .input(z.object({ experimentId: idSchema }))
  .use(({ ctx: { viewer }, input, next }) => {
    const { experimentId } = input;
    const visible =
      viewer.kind === 'owner' || (viewer.share.kind === 'experiment' && viewer.share.experimentId === experimentId);
    if (!visible) throw outside('experiment');
    return next();
  });

/** For everyone who may see all runs of the input. */
export const runsProcedure = procedure
  .input(z.object({ runIds: z.array(idSchema).max(200) }))
  .use(async ({ ctx, input, next }) => {
    if (!(await allVisible(ctx, input.runIds))) throw outside('run');
    return next();
  });

/** Whether the viewer may see every one of the runs. */
export async function allVisible({ store, viewer }: Context, runIds: readonly string[]): Promise<boolean> {
  if (viewer.kind === 'owner') return true;
  const { share } = viewer;
  if (share.kind !== 'experiment') return runIds.every((id) => share.runIds.includes(id));
  const wanted = [...new Set(runIds)];
  const runs = await store.runs.getMany(wanted);
  return runs.length === wanted.length && runs.every((run) => run.experimentId === share.experimentId);
}

export const { router, createCallerFactory } = t;
