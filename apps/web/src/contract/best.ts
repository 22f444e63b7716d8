import { z } from 'zod';
import { levelValueSchema, pathSchema } from './comparison.ts';
import { idSchema, metricKeySchema, realSchema } from './schemas.ts';

export const bestSchema = z.object({
  /** The factors, and the configuration's values of them. */
  by: z.array(pathSchema),
  values: z.array(levelValueSchema),
  key: metricKeySchema,
  mean: realSchema,
  /** Half of Student's 95% interval; null for one run. */
  half: realSchema.nullable(),
  /** Runs that the mean is of, of how many seeds, and runs that diverged. */
  n: z.int(),
  seeds: z.int(),
  diverged: z.int(),
  /** The run in the middle of them. */
  median: idSchema,
});
/** The configuration with the best mean of an experiment's main metric. */
export type Best = z.infer<typeof bestSchema>;
