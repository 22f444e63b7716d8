import { z } from 'zod';
import { levelValueSchema, pathSchema } from './comparison.ts';
import { idSchema, metricKeySchema, realSchema } from './schemas.ts';

export const bestSchema = z.object({
  /** The factors, and the configuration's value of each. */
  by: z.array(pathSchema),
  values: z.array(levelValueSchema),
  key: metricKeySchema,
  mean: realSchema,
  /** Half of Student's 95% interval; null for a single run. */
  half: realSchema.nullable(),
  /** How many runs the mean is of, how many seeds they have, and how many runs diverged. */
  n: z.int(),
  seeds: z.int(),
  diverged: z.int(),
  /** The run with the median result. */
  median: idSchema,
});
/** The configuration with the best mean of an experiment's main metric. */
export type Best = z.infer<typeof bestSchema>;
