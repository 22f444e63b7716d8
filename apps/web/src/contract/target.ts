import { z } from 'zod';
import { idSchema } from './schemas.ts';

/** What a comparison, a chart or a table is over: what a query finds in an experiment but some, some runs, or a set of runs. */
export const targetSchema = z.union([
  z.strictObject({
    experimentId: idSchema,
    query: z.string().max(1_000_000).optional(), // the parser says what is wrong with one of more than 10,000
    archived: z.boolean().optional(),
    except: z.array(idSchema).max(100_000).optional(),
  }),
  z.strictObject({ runIds: z.array(idSchema).max(100_000) }),
  z.strictObject({ runSet: idSchema }),
]);
export type Target = z.infer<typeof targetSchema>;
