import { z } from 'zod';
import { idSchema, metricKeySchema, realSchema } from './schemas.ts';

export const sparklineSchema = z.object({
  experimentId: idSchema,
  runId: idSchema,
  key: metricKeySchema,
  /** The least and greatest value of each part of the curve, in order; the same number of both. */
  lows: z.array(realSchema).max(32),
  highs: z.array(realSchema).max(32),
  last: realSchema,
});
export type SparklineData = z.infer<typeof sparklineSchema>;
