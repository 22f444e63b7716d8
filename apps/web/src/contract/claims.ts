import { OUTCOMES } from '@whorl/core';
import { z } from 'zod';
import { realSchema } from './schemas.ts';

const textSchema = z.object({ en: z.string(), zh: z.string() });

export const claimsSchema = z.object({
  claims: z.array(
    z.object({
      claim: textSchema,
      outcome: z.enum(OUTCOMES),
      verdict: textSchema,
      numbers: z.record(z.string(), realSchema.nullable()),
    }),
  ),
  /** Which plan of the study they are judged by, how many configurations it has, and how many of them have seeds enough. */
  scale: z.enum(['full', 'quick']),
  configurations: z.int(),
  complete: z.int(),
  /** How many runs of it there are, and the seeds of these. */
  runs: z.int(),
  seeds: z.int(),
  /** When the last of these ended; null where there is none. */
  at: z.date().nullable(),
  /** What was shown without a run, and judges claims, too; null where nothing was. */
  shown: z
    .object({
      demonstrations: z.array(
        z.object({ title: textSchema, code: z.string(), output: textSchema, holds: z.boolean() }),
      ),
      engine: z.string(),
      at: z.date(),
    })
    .nullable(),
});
export type Claims = z.infer<typeof claimsSchema>;
