import { z } from 'zod';
import { idSchema } from './schemas.ts';
import { targetSchema } from './target.ts';

/** What a link may be to: an experiment, a run, or a comparison of runs. */
export const sharedSchema = z.union([
  z.strictObject({ experimentId: idSchema }),
  z.strictObject({ runId: idSchema }),
  z.strictObject({ comparison: targetSchema }),
]);
export type Shared = z.infer<typeof sharedSchema>;
