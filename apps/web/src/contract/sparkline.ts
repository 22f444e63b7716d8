import { z } from 'zod';
import { idSchema, metricKeySchema, realSchema } from './schemas.ts';

export const sparklineSchema = z.object({
  experimentId: idSchema,
  runId: idSchema,
  key: metricKeySchema,
  /** The lowest and highest value of each section of the curve, in order; both lists have the same length. */
  lows: z.array(realSchema).max(32),
  highs: z.array(realSchema).max(32),
  last: realSchema,
});
export type SparklineData = z.infer<typeof sparklineSchema>;
