import { z } from 'zod';
import { artifactSchema, type LogPart, logPartSchema } from '#src/contract/artifact.ts';
import { idSchema } from '#src/contract/schemas.ts';
import { artifactFor, bytesFor, textsFor, told } from '../access/guest-view.ts';
import { asStoreError } from '../access/store.ts';
import { router, runsProcedure } from '../access/trpc.ts';

const oneRun = runsProcedure.input(z.object({ runIds: z.array(idSchema).length(1) }));

/** At most this many bytes of a log are sent at once. The page asks again for the rest. */
const LOG_BYTES = 1_000_000;

export const artifactsRouter = router({
  /** The files of a run, by name and step. */
  list: oneRun.output(z.array(artifactSchema)).query(async ({ ctx, input }) => {
    const texts = textsFor(ctx.viewer);
    return (await ctx.store.artifacts.list(input.runIds[0] as string)).map((record) => artifactFor(texts, record));
  }),

  /** The parts of a run's log after the one with id `after`. */
  log: oneRun
    .input(z.object({ after: z.int().min(0).default(0) }))
    .output(z.object({ parts: z.array(logPartSchema), more: z.boolean() }))
    .query(async ({ ctx: { store, viewer }, input }) => {
      const runId = input.runIds[0] as string;
      // Ids of parts grow, and parts are never rewritten.
      const fresh = (await store.artifacts.list(runId, 'log'))
        .filter(({ id }) => id > input.after)
        .sort((a, b) => a.id - b.id);
      const textOf = async (id: number): Promise<string> => {
        try {
          const { record, data } = await store.artifacts.read(runId, id);
          return bytesFor(textsFor(viewer), record, data).toString('utf8');
        } catch (error) {
          const failure = asStoreError(error);
          if (failure?.code !== 'damaged') throw error;
          return `${told(failure.message, textsFor(viewer))}\n`; // a placeholder for this part, so that the others can be read
        }
      };
      const parts: LogPart[] = [];
      let bytes = 0;
      for (const { id, size } of fresh) {
        if (bytes > 0 && bytes + size > LOG_BYTES) break;
        bytes += size;
        parts.push({ id, size, text: size > LOG_BYTES ? null : await textOf(id) });
      }
      return { parts, more: parts.length < fresh.length };
    }),
});
