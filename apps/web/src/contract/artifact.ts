import { z } from 'zod';
import { idSchema, realSchema } from './schemas.ts';

export const artifactSchema = z.object({
  id: z.int(),
  runId: idSchema,
  name: z.string(),
  /** The number of updates after which it was made; -1 for the whole run. */
  step: z.int(),
  mediaType: z.string(),
  size: z.int(),
  sha256: z.string(),
});
export type Artifact = z.infer<typeof artifactSchema>;

/** A part of a log. */
export const logPartSchema = z.object({
  id: z.int(),
  size: realSchema,
  /** Null where the part is too large to be shown: it can be downloaded. */
  text: z.string().nullable(),
});
export type LogPart = z.infer<typeof logPartSchema>;
