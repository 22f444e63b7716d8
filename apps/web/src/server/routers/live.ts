import { type TrackedEnvelope, tracked } from '@trpc/server';
import type { RunSelection } from '@whorl/store';
import { z } from 'zod';
import { type Cursor, readCursor, startAt, writeCursor } from '#src/contract/cursor.ts';
import { type LiveEvent, liveEventSchema, NO_NEWS } from '#src/contract/live.ts';
import { charge } from '../access/budget.ts';
import type { Context } from '../access/context.ts';
import { textsFor } from '../access/guest-view.ts';
import { router, translate, watchProcedure } from '../access/trpc.ts';
import { liveEvents } from '../live/live-events.ts';
import { liveFeeds } from '../live/live-feeds.ts';

/** An event goes to all pages that watch the same thing, but is validated once. */
const checked = new WeakMap<LiveEvent, LiveEvent>();

function check(event: LiveEvent): LiveEvent {
  const known = checked.get(event) ?? liveEventSchema.parse(event);
  checked.set(event, known);
  return known;
}

type Events = AsyncIterable<TrackedEnvelope<LiveEvent>>;

/** A stream whose events are validated as they leave. */
const eventsSchema = z
  .custom<Events>((value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value)
  .transform(async function* (events: Events) {
    try {
      for await (const [id, event] of events) yield tracked(id, check(event));
    } catch (error) {
      throw translate(error); // errors after the first event bypass the middleware
    }
  });

/** Events since an old `since` would be read for this page alone, which is charged. */
async function chargeWatch(
  { store, viewer, selection }: Context & { selection: RunSelection | null },
  { since }: Cursor,
) {
  if (selection === null || !('experimentId' in selection.scope)) return;
  const { length } = await store.runs.activeSince(selection.scope.experimentId, new Date(since));
  charge(viewer, 'runs since the page was loaded', length);
}

const START_OVER: LiveEvent = { ...NO_NEWS, startOver: true };

export const liveRouter = router({
  /** The news of what a page shows. */
  watch: watchProcedure.output(eventsSchema).subscription(async function* ({ ctx, input, signal }) {
    const { keys, frames, times, still, list, experiments, files, since, lastEventId } = input;
    charge(ctx.viewer, 'metrics x runs', keys.length * ctx.inScope);
    const { selection } = ctx;
    const watch = { selection, keys, frames, times, still, list, experiments, files, texts: textsFor(ctx.viewer) };
    const { epoch } = liveFeeds(ctx.store);
    const known = readCursor(lastEventId);
    const isOther = known !== null && known.epoch !== epoch;
    // A position from another process is not continued: the page reads everything again, and gets the news from then on.
    const start = isOther ? startAt(Date.now()) : (known ?? startAt(since));
    await chargeWatch(ctx, start);
    if (isOther) yield tracked(writeCursor(start, epoch), START_OVER);
    for await (const { id, event } of liveEvents(ctx, watch, start, signal)) yield tracked(id, event);
  }),
});
