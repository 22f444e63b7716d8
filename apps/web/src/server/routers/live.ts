import { type TrackedEnvelope, tracked } from '@trpc/server';
import type { RunSelection } from '@whorl/store';
import { z } from 'zod';
import { type Cursor, readCursor } from '#src/contract/cursor.ts';
import { frameSchema, metricKeySchema, packedSeriesSchema, runSchema } from '#src/contract/schemas.ts';
import { charge } from '../access/budget.ts';
import type { Context } from '../access/context.ts';
import { router, targetProcedure, translate } from '../access/trpc.ts';
import type { LiveEvent } from '../live/live.ts';
import { liveEvents } from '../live/live-events.ts';

const eventSchema = z.object({
  runs: z.array(runSchema),
  series: z.array(packedSeriesSchema),
  frames: z.array(frameSchema),
});

/** An event goes to every page that watches the same, and is checked once. */
const checked = new WeakMap<LiveEvent, LiveEvent>();

function check(event: LiveEvent): LiveEvent {
  const known = checked.get(event) ?? eventSchema.parse(event);
  checked.set(event, known);
  return known;
}

type Events = AsyncIterable<TrackedEnvelope<LiveEvent>>;

/** A stream, each of whose events is checked as it leaves. */
const eventsSchema = z
  .custom<Events>((value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value)
  .transform(async function* (events: Events) {
    try {
      for await (const [id, event] of events) yield tracked(id, check(event));
    } catch (error) {
      throw translate(error); // what a procedure throws once it has begun to answer passes no middleware
    }
  });

/** Of a page that says it was read long ago, everything since is read for it alone. */
async function chargeWatch(
  { store, viewer, selection: { scope } }: Context & { selection: RunSelection },
  { since }: Cursor,
) {
  if (!('experimentId' in scope)) return;
  const { length } = await store.runs.activeSince(scope.experimentId, new Date(since));
  charge(viewer, 'runs since the page was loaded', length);
}

/** More than an address has room for. */
const MOST_KEYS = 1_000;
/** The last moment that a date can be. */
const LATEST_MS = 8.64e15;

export const liveRouter = router({
  /** What is new in a target: runs, their statuses, points and boundary frames. */
  watch: targetProcedure
    .input(
      z.object({
        keys: z.array(metricKeySchema).max(MOST_KEYS),
        frames: z.boolean().default(false),
        times: z.boolean().default(false),
        /** When the page was read, in ms since 1970 by the server's clock. */
        since: z.number().min(0).max(LATEST_MS),
        /** Sent by the client when it connects again: how far it came by events. */
        lastEventId: z.string().max(20_000).nullish(),
      }),
    )
    .output(eventsSchema)
    .subscription(async function* ({ ctx, input, signal }) {
      const { keys, frames, times, since, lastEventId } = input;
      charge(ctx.viewer, 'metrics x runs', keys.length * ctx.inScope);
      const watch = { selection: ctx.selection, keys, frames, times };
      const start = readCursor(lastEventId) ?? { since, runs: new Map() };
      await chargeWatch(ctx, start);
      for await (const { id, event } of liveEvents(ctx, watch, start, signal)) yield tracked(id, event);
    }),
});
