import { z } from 'zod';
import { claimsSchema, textSchema } from './claims.ts';
import { levelValueSchema, pathSchema, summarySchema } from './comparison.ts';
import { idSchema, metricKeySchema, realSchema } from './schemas.ts';

// What a concept page shows of the record.

/** A configuration: what its runs reached, and what the course reports. */
const evidenceRowSchema = z.object({
  label: z.string(),
  /** Its values of the factors of {@link measuredSchema}. */
  values: z.array(levelValueSchema),
  /** Over seeds, of the runs that did not diverge and got there; null where there are none. */
  summary: summarySchema.nullable(),
  runs: z.int(),
  diverged: z.int(),
  never: z.int(),
  reported: realSchema.nullable(),
  /** Its runs by their seeds. */
  runIds: z.array(idSchema),
});
export type EvidenceRow = z.infer<typeof evidenceRowSchema>;

const measuredSchema = z.object({
  metric: metricKeySchema,
  /** The study's factors, and those of them that vary among its recorded runs. */
  factors: z.array(pathSchema),
  varying: z.array(pathSchema),
  /** How many levels these make. */
  levels: z.int(),
  /** The factor of which each configuration is shown at its best value alone; null for none. */
  searched: pathSchema.nullable(),
  /** What the rows have in common, where not all configurations are shown. */
  among: textSchema.nullable(),
  /** What is drawn of each configuration. */
  pictures: z.array(z.enum(['boundary', 'gradients', 'calibration'])),
  rows: z.array(evidenceRowSchema),
});
export type MeasuredEvidence = z.infer<typeof measuredSchema>;

const studyEvidenceSchema = z.object({
  /** The one that judges the study's claims. */
  experiment: z.object({ id: idSchema, name: z.string() }),
  claims: claimsSchema,
  /** Null where no run of the study's plan is recorded. */
  measured: measuredSchema.nullable(),
});
export type StudyEvidence = z.infer<typeof studyEvidenceSchema>;

/** A number that a sentence of the page states, by the recorded runs. */
const figureSchema = z.object({
  /** Over seeds; the exponent where powers of ten are averaged. Null where no run has a number. */
  mean: realSchema.nullable(),
  n: z.int(),
  /** How many runs diverged or never got there, and are in no mean. */
  without: z.int(),
  /** Whether the runs speak against the sentence. */
  isContradicted: z.boolean(),
  /** Its values of the factors of {@link measuredSchema}. */
  values: z.array(levelValueSchema),
});

export const conceptRecordSchema = z.object({
  /** Null where nothing of the study is recorded. */
  evidence: studyEvidenceSchema.nullable(),
  /** The page's figures that have runs, by name. */
  figures: z.record(z.string(), figureSchema),
});
export type ConceptRecord = z.infer<typeof conceptRecordSchema>;
