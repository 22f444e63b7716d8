import { z } from 'zod';
import { idSchema, realSchema } from '../schemas.ts';
import { router, runsProcedure } from '../trpc.ts';

const artifactSchema = z.object({
  id: z.int(),
  runId: idSchema,
  name: z.string(),
  /** The number of updates it was made after, -1 where it belongs to the whole run. */
  step: z.int(),
  mediaType: z.string(),
  size: z.int(),
  sha256: z.string(),
});
export type Artifact = z.infer<typeof artifactSchema>;

const oneRun = runsProcedure.input(z.object({ runIds: z.array(idSchema).length(1) }));

/** What one answer holds of a log; a reader asks again for the rest. */
const LOG_BYTES = 1_000_000;

const logPartSchema = z.object({
  id: z.int(),
  size: realSchema,
  /** Null where the part is too large to be shown: it can be downloaded. */
  text: z.string().nullable(),
});
export type LogPart = z.infer<typeof logPartSchema>;

export const artifactsRouter = router({
  /** The files that a run made, by name and step. */
  list: oneRun
    .output(z.array(artifactSchema))
    .query(({ ctx, input }) => ctx.store.artifacts.list(input.runIds[0] as string)),

  /** The parts of a run's log after the one with id `after`. */
  log: oneRun
    .input(z.object({ after: z.int().min(0).default(0) }))
    .output(z.object({ parts: z.array(logPartSchema), more: z.boolean() }))
    .query(async ({ ctx: { store }, input }) => {
      const runId = input.runIds[0] as string;
      // Parts are numbered as they are written, and never written again.
      const fresh = (await store.artifacts.list(runId, 'log'))
        .filter(({ id }) => id > input.after)
        .sort((a, b) => a.id - b.id);
      const parts: LogPart[] = [];
      let bytes = 0;
      for (const { id, size } of fresh) {
        if (bytes > 0 && bytes + size > LOG_BYTES) break;
        bytes += size;
        const text = size > LOG_BYTES ? null : (await store.artifacts.read(runId, id)).data.toString('utf8');
        parts.push({ id, size, text });
      }
      return { parts, more: parts.length < fresh.length };
    }),
});
