import { z } from 'zod';
import { idSchema, shownNameSchema } from '#src/contract/schemas.ts';
import { namedFor, textsFor } from '../access/guest-view.ts';
import { router, runsProcedure } from '../access/trpc.ts';

const neighbourSchema = z.object({ id: idSchema, name: shownNameSchema }).nullable();

export const neighboursRouter = router({
  /** The runs of the same experiment that were created just before and just after one. */
  of: runsProcedure
    .input(z.object({ runIds: z.array(idSchema).length(1) }))
    .output(z.object({ older: neighbourSchema, newer: neighbourSchema }))
    .query(async ({ ctx: { store, viewer }, input }) => {
      // A link to single runs reveals no others.
      if (viewer.kind === 'share' && viewer.share.kind !== 'experiment') return { older: null, newer: null };
      const { older, newer } = await store.runs.neighbours(input.runIds[0] as string);
      const texts = textsFor(viewer);
      return { older: older && namedFor(texts, older), newer: newer && namedFor(texts, newer) };
    }),
});
