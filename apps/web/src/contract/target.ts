import { z } from 'zod';
import { idSchema } from './schemas.ts';

/**
 * The runs that a comparison, a chart or a table is about: those of an experiment that match a query, with exceptions; some
 * runs by id; or a stored set of runs.
 */
export const targetSchema = z.union([
  z.strictObject({
    experimentId: idSchema,
    query: z.string().max(1_000_000).optional(), // longer queries are rejected by the parser, with a better message
    archived: z.boolean().optional(),
    except: z.array(idSchema).max(100_000).optional(),
  }),
  z.strictObject({ runIds: z.array(idSchema).max(100_000) }),
  z.strictObject({ runSet: idSchema }),
]);
export type Target = z.infer<typeof targetSchema>;
