import { z } from 'zod';
import { idSchema } from './schemas.ts';
import { targetSchema } from './target.ts';

/** What is to be deleted for good: an experiment, runs, or what has been archived for some days. */
export const deletionSchema = z.union([
  z.strictObject({ experimentId: idSchema }),
  z.strictObject({ target: targetSchema }),
  z.strictObject({ archivedDays: z.number().min(0).max(36_500) }),
]);
export type AskedDeletion = z.infer<typeof deletionSchema>;

/** All that goes with it. */
export const lossSchema = z.object({
  experiments: z.int(),
  runs: z.int(),
  /** How many of the runs have not ended. They must be stopped first. */
  live: z.int(),
  points: z.int(),
  files: z.int(),
  /** The bytes that are free afterwards: contents that other runs share stay. */
  bytes: z.int(),
  models: z.int(),
  views: z.int(),
  shares: z.int(),
  /** Open links to a comparison that show fewer runs afterwards. */
  narrowedShares: z.int(),
  /** A word for exactly this loss. Deleting requires it. */
  sign: z.string(),
});
export type ShownLoss = z.infer<typeof lossSchema>;
