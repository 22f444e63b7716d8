import { getTRPCErrorFromUnknown, initTRPC, TRPCError } from '@trpc/server';
import { QueryError, type Text } from '@whorl/core';
import type { StoreErrorCode } from '@whorl/store';
import { z } from 'zod';
import { watchSchema } from '#src/contract/live.ts';
import { idSchema } from '#src/contract/schemas.ts';
import { targetSchema } from '#src/contract/target.ts';
import { charge } from './budget.ts';
import type { Context } from './context.ts';
import { textsFor, told } from './guest-view.ts';
import { carefulJson } from './incoming.ts';
import { SaidError } from './said-error.ts';
import { asStoreError, logName } from './store.ts';
import { resolveTarget } from './target.ts';
import { allVisible, isExperimentVisible, outside } from './visible.ts';

/** How often a live stream sends a sign of life when there is no news. */
export const PING_MS = 5_000;
/** Settings that a page gets when a live stream begins. */
export const CLIENT_SSE = { reconnectAfterInactivityMs: 20_000 };

const t = initTRPC.context<Context>().create({
  transformer: carefulJson,
  isDev: false, // no stack traces in answers
  sse: { ping: { enabled: true, intervalMs: PING_MS }, client: CLIENT_SSE },
  errorFormatter: ({ shape, error, ctx }) => {
    const texts = ctx ? textsFor(ctx.viewer) : 'without paths';
    const said = saidOf(error);
    return {
      ...shape,
      message: told(shape.message, texts),
      data: {
        ...shape.data,
        storeCode: asStoreError(error.cause)?.code ?? null,
        /** The message in every language, if there is one. */
        said: said && { en: told(said.en, texts), zh: told(said.zh, texts) },
        place: placeOf(error.cause),
      },
    };
  },
});

/** An unexpected error. What it says about the machine is only in the log. */
const unforeseen = (log: Text): SaidError =>
  new SaidError('INTERNAL_SERVER_ERROR', {
    en: `something went wrong; ${log.en} says what`,
    zh: `出了问题，原因见${log.zh}`,
  });

const saidOf = (error: TRPCError): Text | null =>
  error instanceof SaidError ? error.said : (asStoreError(error.cause)?.said ?? null);

/** The place of a mistake in a query, so that the page can mark it. */
const placeOf = (cause: unknown): { start: number; end: number } | null =>
  cause instanceof QueryError ? { start: cause.start, end: cause.end } : null;

/** The tRPC code of each kind of store error, and so its HTTP status. */
export const TRPC_CODES = {
  'not-found': 'NOT_FOUND',
  'bad-input': 'BAD_REQUEST',
  conflict: 'CONFLICT',
  unusable: 'INTERNAL_SERVER_ERROR',
  damaged: 'INTERNAL_SERVER_ERROR',
  'disk-full': 'SERVICE_UNAVAILABLE',
  'read-only': 'SERVICE_UNAVAILABLE',
  busy: 'SERVICE_UNAVAILABLE',
} as const satisfies Record<StoreErrorCode, TRPCError['code']>;

/** Gives errors their codes, and removes what an unexpected one says about the machine. */
export function translate(thrown: unknown): TRPCError {
  const error = getTRPCErrorFromUnknown(thrown);
  const { cause } = error;
  const failure = asStoreError(cause);
  if (failure) return new TRPCError({ code: TRPC_CODES[failure.code], message: failure.message, cause: failure });
  if (cause instanceof QueryError) return new TRPCError({ code: 'BAD_REQUEST', message: cause.message, cause });
  if (error.code !== 'INTERNAL_SERVER_ERROR') return error;
  console.error(cause ?? error);
  return unforeseen(logName());
}

const procedure = t.procedure.use(async ({ ctx, type, next }) => {
  if (type === 'mutation' && ctx.viewer.kind === 'share') throw outside('procedure'); // checked first, whatever else allows the call
  const result = await next();
  if (!result.ok) throw translate(result.error);
  return result;
});

/** A procedure for the owner. */
export const ownerProcedure = procedure.use(({ ctx, next }) => {
  if (ctx.viewer.kind !== 'owner') throw outside('procedure');
  return next();
});

/** A procedure for everybody who may see the experiment in the input. */
export const experimentProcedure = procedure.input(z.object({ experimentId: idSchema })).use(({ ctx, input, next }) => {
  if (!isExperimentVisible(ctx, input.experimentId)) throw outside('experiment');
  return next();
});

/** A procedure for everybody who may see all runs in the input. */
export const runsProcedure = procedure
  .input(z.object({ runIds: z.array(idSchema).max(10_000) }))
  .use(({ ctx, input, next }) => {
    charge(ctx.viewer, 'runs', input.runIds.length);
    if (!allVisible(ctx, input.runIds)) throw outside('run');
    return next();
  });

/**
 * A procedure for everybody who may see all runs of the target in the input. The context gets them as `selection`, and their
 * number as `inScope`.
 */
export const targetProcedure = procedure.input(z.object({ target: targetSchema })).use(async ({ ctx, input, next }) => {
  const selection = await resolveTarget(ctx, input.target);
  return next({ ctx: { selection, inScope: ctx.store.runs.count(selection.scope) } });
});

/**
 * A procedure for everybody who may see all that a page wants to follow. The context gets the runs of its target as
 * `selection` (null where there is none), and their number as `inScope`. Only the owner may follow lists of experiments.
 */
export const watchProcedure = procedure.input(watchSchema).use(async ({ ctx, input, next }) => {
  const { target, list, experiments, files } = input;
  if (list && ctx.viewer.kind !== 'owner') throw outside('list');
  for (const id of experiments) {
    if (!isExperimentVisible(ctx, id) || !ctx.store.experiments.has(id)) throw outside('experiment');
  }
  if (!allVisible(ctx, files)) throw outside('run');
  const selection = target ? await resolveTarget(ctx, target) : null;
  return next({ ctx: { selection, inScope: selection ? ctx.store.runs.count(selection.scope) : 0 } });
});

export const { router, createCallerFactory } = t;
