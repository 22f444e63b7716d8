import { getStudy, STUDIES } from '@whorl/core';
import { z } from 'zod';
import { conceptRecordSchema } from '#src/contract/evidence.ts';
import { ownerProcedure, router } from '../access/trpc.ts';
import { conceptRecord } from '../record/concept-record.ts';

export const conceptsRouter = router({
  /** What a concept page shows of what is recorded of its study. */
  record: ownerProcedure
    .input(z.object({ study: z.enum(STUDIES.map(({ id }) => id)) }))
    .output(conceptRecordSchema)
    .query(({ ctx, input }) => conceptRecord(ctx.store, getStudy(input.study))),
});
