import { z } from 'zod';
import { experimentSchema, frameSchema, idSchema, metricKeySchema, packedSeriesSchema, runSchema } from './schemas.ts';
import { targetSchema } from './target.ts';

// What a page follows through its one stream, and what it is told. An event names what changed. Where possible it carries
// the new data; for the rest it says that they must be read again.

/** More than fit into an address. */
const MOST_KEYS = 1_000;
const MOST_FOLLOWED = 16;
/** The latest moment that a Date can hold. */
const LATEST_MS = 8.64e15;

/** What a page follows. */
export const watchSchema = z.object({
  /** The runs whose status, points and frames are sent. */
  target: targetSchema.nullish(),
  /** The metrics whose points are sent. */
  keys: z.array(metricKeySchema).max(MOST_KEYS).default([]),
  /** Whether new pictures of decision boundaries are sent. */
  frames: z.boolean().default(false),
  /** Whether points carry the time of their recording. */
  times: z.boolean().default(false),
  /** Whether the page shows a list of experiments. */
  list: z.boolean().default(false),
  /** Experiments that the page shows as a whole. */
  experiments: z.array(idSchema).max(MOST_FOLLOWED).default([]),
  /** Runs whose files and log the page shows. */
  files: z.array(idSchema).max(MOST_FOLLOWED).default([]),
  /** Whether the target's runs had ended when the page was read, so that nothing but their deletion is news. */
  still: z.boolean().default(false),
  /** When the page was read, in ms since 1970 by the server's clock. */
  since: z.number().min(0).max(LATEST_MS),
  /** The id of the last event, where the page reconnects. */
  lastEventId: z.string().max(20_000).nullish(),
});
export type WatchInput = z.input<typeof watchSchema>;

/** What happened since the last event. */
export const liveEventSchema = z.object({
  /** Whether the page's data come from another process or record, so that all of it must be read again. */
  startOver: z.boolean(),
  /** What changed in lists of experiments: rows, runs, or points of running trainings. */
  list: z.object({ rows: z.boolean(), runs: z.boolean(), logged: z.boolean() }).nullable(),
  /** The current state of followed experiments. `isNews` means that it differs from what the page has. */
  experiments: z.array(z.object({ experiment: experimentSchema, isNews: z.boolean() })),
  /** Followed experiments of which some run recorded something. */
  logged: z.array(idSchema),
  /** Runs that are new, or that have a new status or a new metric. */
  runs: z.array(runSchema),
  /** Those of them that were created after the page was read. */
  added: z.array(idSchema),
  /** Runs that recorded anything. */
  touched: z.array(z.object({ id: idSchema, experimentId: idSchema })),
  series: z.array(packedSeriesSchema),
  frames: z.array(frameSchema),
  /** The state of a run's files: the highest id of all, the highest id of a part of the log, and the total size. */
  files: z.array(z.object({ runId: idSchema, last: z.int(), log: z.int(), bytes: z.int() })),
  /** Runs and experiments that were deleted for good. `experimentId` is where a run was, and of an experiment its own id. */
  gone: z.array(z.object({ id: idSchema, experimentId: idSchema })),
});
export type LiveEvent = z.infer<typeof liveEventSchema>;

/** An event without news. */
export const NO_NEWS: LiveEvent = {
  startOver: false,
  list: null,
  experiments: [],
  logged: [],
  runs: [],
  added: [],
  touched: [],
  series: [],
  frames: [],
  files: [],
  gone: [],
};
