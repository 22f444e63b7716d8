import { z } from 'zod';
import { idSchema, shownNameSchema } from '#src/contract/schemas.ts';
import { ownerProcedure, router } from '../access/trpc.ts';

/** As many of each kind as a list that opens over the page shows. */
const MOST = 8;

export const searchRouter = router({
  /** Experiments that mention a text, and runs that have it in their name or id; the latest first. */
  named: ownerProcedure
    .input(z.object({ text: z.string().trim().min(1).max(200) }))
    .output(
      z.object({
        experiments: z.array(z.object({ id: idSchema, name: shownNameSchema })),
        runs: z.array(z.object({ id: idSchema, name: shownNameSchema, experiment: shownNameSchema })),
      }),
    )
    .query(async ({ ctx: { store }, input: { text } }) => {
      const { items } = await store.experiments.list({ text, limit: MOST });
      return { experiments: items.map(({ id, name }) => ({ id, name })), runs: store.runs.named(text, MOST) };
    }),
});
