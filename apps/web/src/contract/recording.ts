import { z } from 'zod';
import { idSchema, nameSchema } from './schemas.ts';

// A training that a reader's browser did, as it is sent to be recorded.

/** Steps of a training that can be recorded from a page: what it measured is sent in one request. */
export const MOST_RECORDED_STEPS = 200_000;
/** So many characters say what a browser calls itself. */
export const LONGEST_BROWSER = 300;
const MOST_SERIES = 300;
const MOST_FILES = 100;
const MOST_MS = 30 * 24 * 3600 * 1000;

const packed = z.string().max(4_000_000);

/** Points of one metric: after how many updates, the values, and ms since the training began; each a packed column. */
const seriesSchema = z.strictObject({ key: z.string().min(1).max(200), steps: packed, values: packed, times: packed });
export type RecordedSeries = z.infer<typeof seriesSchema>;

/** A file that the training made: bytes as a packed column, or a document as JSON. */
const fileSchema = z.strictObject({
  name: z.string().min(1).max(100),
  step: z.int().min(0).nullable(),
  data: z.union([z.strictObject({ bytes: packed }), z.strictObject({ json: z.string().max(1_000_000) })]),
});
export type RecordedFile = z.infer<typeof fileSchema>;

/** A config and the experiment, by its name, in which it is to be recorded. */
export const placeSchema = z.strictObject({
  experiment: nameSchema.transform((name) => name.normalize('NFC')),
  /** Read by the config's own schema. */
  config: z.unknown(),
});

export const recordingSchema = placeSchema.extend({
  durationMs: z.number().min(0).max(MOST_MS),
  /** What the browser calls itself. */
  browser: z.string().max(LONGEST_BROWSER),
  engineVersions: z.record(z.string().max(100), z.string().max(100)),
  series: z.array(seriesSchema).max(MOST_SERIES),
  files: z.array(fileSchema).max(MOST_FILES),
});
export type Recording = z.infer<typeof recordingSchema>;

/** Where a training is recorded, and whether it came only now. */
export const recordedSchema = z.object({ runId: idSchema, experimentId: idSchema, isNew: z.boolean() });
export type KeptRun = z.infer<typeof recordedSchema>;
