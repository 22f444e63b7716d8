import { OUTCOMES } from '@whorl/core';
import { z } from 'zod';
import { realSchema } from './schemas.ts';

export const textSchema = z.object({ en: z.string(), zh: z.string() });

export const claimsSchema = z.object({
  claims: z.array(
    z.object({
      claim: textSchema,
      outcome: z.enum(OUTCOMES),
      verdict: textSchema,
      numbers: z.record(z.string(), realSchema.nullable()),
    }),
  ),
  /** The plan by which the claims are judged, how many configurations it has, and how many of these have enough seeds. */
  scale: z.enum(['full', 'quick']),
  configurations: z.int(),
  complete: z.int(),
  /** How many runs of the plan are recorded, and which seeds they have. */
  runs: z.int(),
  seeds: z.int(),
  /** When the last of them ended; null where there is none. */
  at: z.date().nullable(),
  /** Demonstrations, which judge claims without runs; null where none were recorded. */
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
