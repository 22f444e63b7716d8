import { BOUNDARY, type Config, configSchema, LONGEST_NAME, RUN_SOURCES, RUN_STATUSES } from '@whorl/core';
import { z } from 'zod';
import { isId } from './is-id.ts';
import { packedSchema, pointColumns } from './points.ts';

// The shapes of what the server sends. Records of the store are parsed by them: whatever is not named here stays on the
// server.

export const idSchema = z.string().refine(isId, 'expected an id of digits and small letters');
export const metricKeySchema = z.string().min(1).max(200);

/** Any number, including NaN and the infinities, which z.number() refuses. */
export const realSchema = z.custom<number>((value) => typeof value === 'number', 'expected a number');

export const statusSchema = z.enum(RUN_STATUSES);
export type Status = z.infer<typeof statusSchema>;

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

const NAME_LENGTH = `expected 1 to ${LONGEST_NAME} characters`;

/** A name that somebody gives to an experiment or a run. */
export const nameSchema = z.string().trim().min(1, NAME_LENGTH).max(LONGEST_NAME, NAME_LENGTH);

/** A name as pages show it. New names are no longer than this, older ones may be. */
export const shownNameSchema = z.string().transform((name) => cut(name, LONGEST_NAME));

export const experimentSchema = z.object({
  id: idSchema,
  name: shownNameSchema,
  /** Null for an experiment that holds runs of other programs. */
  study: z.string().nullable(),
  notes: z.string(),
  createdAt: z.date(),
  updatedAt: z.date(),
  archivedAt: z.date().nullable(),
  runs: z.int(),
  archivedRuns: z.int(),
  byStatus: z.record(statusSchema, z.int()),
  /** The columns of its row that are damaged, or `runs` if they could not be counted. Substitutes are shown for them. */
  damage: z.array(z.string()).readonly(),
});
export type Experiment = z.infer<typeof experimentSchema>;

/** An experiment in a list, which is read often: its notes are cut short. */
export const listedExperimentSchema = experimentSchema.extend({
  notes: z.string().transform((notes) => cut(notes, 200)),
});

export const seriesSummarySchema = z.object({
  key: z.string(),
  count: z.int(),
  /** Of the latest point (core's `isLatest`). */
  lastStep: realSchema,
  last: realSchema,
  lastTime: realSchema.nullable(),
  min: realSchema,
  minStep: realSchema.nullable(),
  max: realSchema,
  maxStep: realSchema.nullable(),
});

export const paramValueSchema = z.union([z.string(), realSchema, z.boolean()]);

/** A run as lists, charts and comparisons need it. */
export const runSchema = z.object({
  id: idSchema,
  experimentId: idSchema,
  name: shownNameSchema,
  /** Who recorded it. Only runs that Whorl trained have a study, a seed, an engine, a mode and a config. */
  source: z.enum(RUN_SOURCES),
  study: z.string().nullable(),
  seed: z.int().nullable(),
  status: statusSchema,
  engine: z.string().nullable(),
  mode: z.string().nullable(),
  error: z.string().nullable(),
  /** For a run of another program, whose process is not known: when it last sent something. Null for Whorl's own. */
  newsAt: z.date().nullable(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  durationMs: realSchema.nullable(),
  params: z.record(z.string(), paramValueSchema),
  /** Of another program's run with very many metrics only some (`briefMetrics`): `runs.metrics` has the rest. */
  metrics: z.array(seriesSummarySchema),
  /** How many metrics it has. */
  metricCount: z.int(),
  tags: z.record(z.string(), z.string()),
  archivedAt: z.date().nullable(),
  /** When it was asked to stop. If it has not ended, it soon will. */
  stopRequestedAt: z.date().nullable(),
  /** From where: `page` or `command line`. */
  stopRequestedBy: z.string().nullable(),
});
export type Run = z.infer<typeof runSchema>;

/** What happens to runs that were asked to stop: some end soon, some had lost their process, some had already ended. */
export const stopAnswerSchema = z.object({
  stopping: z.array(idSchema),
  gone: z.array(idSchema),
  ended: z.array(idSchema),
});
export type StopResult = z.infer<typeof stopAnswerSchema>;

/** A run with all that its own page shows. */
export const runDetailSchema = runSchema.extend({
  /** Null where it cannot be read. */
  config: (configSchema as z.ZodType<Config>).nullable().catch(null),
  configHash: z.string().nullable(),
  environment: z.record(z.string(), z.unknown()),
  command: z.string(),
  notes: z.string(),
});
export type RunDetail = z.infer<typeof runDetailSchema>;

/** Points of one series from position `offset` on, as packed columns. */
export const packedSeriesSchema = z.object({
  runId: idSchema,
  key: metricKeySchema,
  offset: z.int(),
  /** How many points the series has with these. */
  total: z.int(),
  ...pointColumns('steps', packedSchema, packedSchema),
  /** ms since 1970; empty where they were not asked for. */
  times: packedSchema,
});
export type PackedSeries = z.infer<typeof packedSeriesSchema>;

/** Where to fetch one picture of a decision boundary. */
export const frameSchema = z.object({
  runId: idSchema,
  artifactId: z.int(),
  step: z.int(),
  ...BOUNDARY.meta.shape,
});
export type Frame = z.infer<typeof frameSchema>;

/** Where to fetch a run's training points. */
export const pointsSchema = z.object({
  runId: idSchema,
  artifactId: z.int(),
  count: z.int(),
  classes: z.int(),
  /** The names of columns and classes in the file, and whether columns are in standard deviations. */
  columns: z.tuple([z.string(), z.string()]).readonly().optional().catch(undefined),
  classNames: z.array(z.string()).readonly().optional().catch(undefined),
  standardized: z.boolean().optional().catch(undefined),
});
export type DataPoints = z.infer<typeof pointsSchema>;

export const shareSchema = z.object({
  id: idSchema,
  kind: z.enum(['experiment', 'run', 'comparison']),
  createdAt: z.date(),
  expiresAt: z.date(),
});

/** The value of a field in a run. The table cuts long texts. */
export const cellSchema = z.union([z.string(), realSchema, z.boolean(), z.null()]);
/** The text of a field: `optimizer.lr`. */
export const fieldTextSchema = z.string().min(1).max(10_000);
export const sortSchema = z.object({ field: fieldTextSchema, descending: z.boolean() });

const LONGEST_CELL = 1000;
/** A value as a table shows it, cut short: a text of a megabyte would be sent with every row. */
export const shownCellSchema = cellSchema.transform((cell) =>
  typeof cell === 'string' ? cut(cell, LONGEST_CELL) : cell,
);

export const fieldInfoSchema = z.object({
  field: z.string(),
  kind: z.enum(['number', 'text', 'mixed']),
  runs: z.int(),
  distinct: z.int(),
  values: z.array(cellSchema),
  min: realSchema.optional(),
  max: realSchema.optional(),
});
