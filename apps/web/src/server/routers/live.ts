import { type TrackedEnvelope, tracked } from '@trpc/server';
import { z } from 'zod';
import { cursorSchema, readCursor } from '#src/live/cursor.ts';
import { type LiveEvent, liveEvents } from '../live.ts';
import { frameSchema, idSchema, metricKeySchema, packedSeriesSchema, runSchema } from '../schemas.ts';
import { experimentProcedure, router, runsProcedure } from '../trpc.ts';

const eventSchema = z.object({
  runs: z.array(runSchema),
  series: z.array(packedSeriesSchema),
  frames: z.array(frameSchema),
});

type Events = AsyncIterable<TrackedEnvelope<LiveEvent>>;

/** A stream, each of whose events is checked as it leaves. */
const eventsSchema = z
  .custom<Events>((value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value)
  .transform(async function* (events: Events) {
    for await (const [id, event] of events) yield tracked(id, eventSchema.parse(event));
  });

const watchSchema = z.object({
  keys: z.array(metricKeySchema).max(20),
  frames: z.boolean().default(false),
  /** How far the page has come by what it read before. */
  cursor: cursorSchema,
  /** Sent by the client when it connects again: how far it came by events. */
  lastEventId: z.string().max(100_000).nullish(),
});

const startOf = ({ cursor, lastEventId }: z.infer<typeof watchSchema>) => readCursor(lastEventId) ?? cursor;

export const liveRouter = router({
  /** What is new in an experiment: runs, their statuses and points. */
  experiment: experimentProcedure
    .input(watchSchema)
    .output(eventsSchema)
    .subscription(async function* ({ ctx, input, signal }) {
      const { experimentId, keys, frames } = input;
      const watch = { experimentId, runIds: [], keys, frames };
      for await (const { id, event } of liveEvents(ctx, watch, startOf(input), signal)) yield tracked(id, event);
    }),

  /** What is new in some runs: statuses, points and boundary frames. */
  runs: runsProcedure
    .input(watchSchema.extend({ runIds: z.array(idSchema).min(1).max(200) }))
    .output(eventsSchema)
    .subscription(async function* ({ ctx, input, signal }) {
      const { runIds, keys, frames } = input;
      for await (const { id, event } of liveEvents(ctx, { runIds, keys, frames }, startOf(input), signal)) {
        yield tracked(id, event);
      }
    }),
});
