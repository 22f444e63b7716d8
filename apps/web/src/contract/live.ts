import { z } from 'zod';
import { experimentSchema, frameSchema, idSchema, metricKeySchema, packedSeriesSchema, runSchema } from './schemas.ts';
import { targetSchema } from './target.ts';

// What a page follows by its one stream, and what it is told. An event says what changed and carries what can be put in
// the place of what the page has; of the rest it says that it is to be read again.

/** More than an address has room for. */
const MOST_KEYS = 1_000;
const MOST_FOLLOWED = 16;
/** The last moment that a date can be. */
const LATEST_MS = 8.64e15;

/** What a page follows. */
export const watchSchema = z.object({
  /** The runs whose statuses, points and frames are told. */
  target: targetSchema.nullish(),
  /** The metrics whose points are told. */
  keys: z.array(metricKeySchema).max(MOST_KEYS).default([]),
  /** Whether pictures of decision boundaries are. */
  frames: z.boolean().default(false),
  /** Whether points say when they were recorded. */
  times: z.boolean().default(false),
  /** Whether the page shows a list of experiments. */
  list: z.boolean().default(false),
  /** The experiments that it shows as a whole. */
  experiments: z.array(idSchema).max(MOST_FOLLOWED).default([]),
  /** The runs whose files and log it shows. */
  files: z.array(idSchema).max(MOST_FOLLOWED).default([]),
  /** When the page was read, in ms since 1970 by the server's clock. */
  since: z.number().min(0).max(LATEST_MS),
  /** Sent where the page connects again: how far it came by events. */
  lastEventId: z.string().max(20_000).nullish(),
});
export type WatchInput = z.input<typeof watchSchema>;

/** What happened since the last event. */
export const liveEventSchema = z.object({
  /** Whether what the page has is of another process or record: all that it shows is to be read again. */
  startOver: z.boolean(),
  /** What changed in lists of experiments: what they say of themselves, their runs, the points of those that train. */
  list: z.object({ rows: z.boolean(), runs: z.boolean(), logged: z.boolean() }).nullable(),
  /** Followed experiments as they are; `isNews` where that is other than it was when the page was read or told. */
  experiments: z.array(z.object({ experiment: experimentSchema, isNews: z.boolean() })),
  /** The followed experiments whose runs recorded something. */
  logged: z.array(idSchema),
  /** Runs that are new, that have another status or that have another metric. */
  runs: z.array(runSchema),
  /** Those of them that came after the page was read. */
  added: z.array(idSchema),
  /** Runs that recorded something, whatever its metric. */
  touched: z.array(z.object({ id: idSchema, experimentId: idSchema })),
  series: z.array(packedSeriesSchema),
  frames: z.array(frameSchema),
  /** How far the files of a run are: the highest id of any and of a part of the log, and their bytes together. */
  files: z.array(z.object({ runId: idSchema, last: z.int(), log: z.int(), bytes: z.int() })),
});
export type LiveEvent = z.infer<typeof liveEventSchema>;

/** An event that says nothing. */
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
};
