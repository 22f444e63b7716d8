import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '@whorl/store';
import { describe, expect, it, vi } from 'vitest';
import { startAt } from '../src/contract/cursor.ts';
import type { LiveEvent } from '../src/contract/live.ts';
import { look, type Watch } from '../src/server/live/live.ts';
import { liveEvents } from '../src/server/live/live-events.ts';
import { LiveFeeds } from '../src/server/live/live-feeds.ts';
import { ALONE, guestOf, log, ownerOf, startRun, temporaryStore } from './record.ts';

const PACE = { pollMs: 10, checkMs: 60_000 };
const START = startAt(0);

const watchOf = (runId: string, keys: string[] = ['loss']): Watch => ({
  selection: { scope: { runIds: [runId] } },
  keys,
  frames: false,
  times: false,
  ...ALONE,
});

/** A page that follows a run, and how many points it was told of. */
function follow(store: Store, feeds: LiveFeeds, watch: Watch) {
  const stop = new AbortController();
  const page = { points: 0, events: 0 };
  const ended = (async () => {
    for await (const { event } of liveEvents(ownerOf(store), watch, START, stop.signal, feeds)) {
      page.events += 1;
      for (const { total } of event.series) page.points = Math.max(page.points, total);
    }
  })();
  return { page, stop: () => stop.abort(), ended };
}

describe('live feeds', () => {
  it('read the record once for all pages that watch the same, and not at all while nothing changes', async () => {
    const store = await temporaryStore();
    const feeds = new LiveFeeds(store, PACE);
    const run = await startRun(store, 'mine');
    log(store, run.id, 'loss', 0, [3, 2, 1]);
    const followers = Array.from({ length: 40 }, () => follow(store, feeds, watchOf(run.id)));
    await expect.poll(() => followers.every(({ page }) => page.points === 3)).toBe(true);
    expect(feeds.size).toBe(40);

    const read = vi.spyOn(store.runs, 'getMany');
    await sleep(20 * PACE.pollMs);
    expect(read).toHaveBeenCalledTimes(0);
    log(store, run.id, 'loss', 3, [0]);
    await expect.poll(() => followers.every(({ page }) => page.points === 4)).toBe(true);
    await sleep(5 * PACE.pollMs);
    expect(read.mock.calls.length).toBeLessThanOrEqual(2); // the change, and at most once its settling

    for (const { stop } of followers) stop();
    await Promise.all(followers.map(({ ended }) => ended));
    expect(feeds.size).toBe(0);
  });

  it('tell who comes late what was before, and from then on what all are told', async () => {
    const store = await temporaryStore();
    const feeds = new LiveFeeds(store, PACE);
    const run = await startRun(store, 'mine');
    const early = follow(store, feeds, watchOf(run.id));
    for (let at = 0; at < 30; at++) {
      log(store, run.id, 'loss', at, [at]);
      if (at === 15) {
        const late = follow(store, feeds, watchOf(run.id));
        await expect.poll(() => late.page.points).toBeGreaterThan(15);
        late.stop();
        await late.ended;
      }
      await sleep(3);
    }
    await expect.poll(() => early.page.points).toBe(30);
    early.stop();
    await early.ended;
  });

  it('keep little for a page that does not read, and lose nothing of what it is told when it does', async () => {
    const store = await temporaryStore();
    const feeds = new LiveFeeds(store, PACE);
    const run = await startRun(store, 'mine');
    log(store, run.id, 'loss', 0, [0]);
    const events = liveEvents(ownerOf(store), watchOf(run.id), START, undefined, feeds);
    const seen: (readonly [number, number])[] = [];
    const take = async () => {
      const { event } = (await events.next()).value as { event: LiveEvent };
      for (const { offset, total } of event.series) seen.push([offset, total]);
    };
    await take();
    for (let at = 1; at <= 200; at++) {
      log(store, run.id, 'loss', at, [at]);
      await sleep(PACE.pollMs + 2); // a part a look: many more than may wait
    }
    while ((seen.at(-1)?.[1] ?? 0) < 201) await take();
    expect(seen.length).toBeLessThan(80);
    const gaps = seen.filter(([offset], i) => offset > Math.max(0, ...seen.slice(0, i).map(([, total]) => total)));
    expect(gaps).toEqual([]);
    await events.return(undefined);
  });

  it('look more often for a moment after somebody asked for something, as for a run to stop', async () => {
    const store = await temporaryStore();
    const feeds = new LiveFeeds(store, { pollMs: 60_000, checkMs: 60_000 });
    const run = await startRun(store, 'mine');
    const follower = follow(store, feeds, watchOf(run.id));
    await expect.poll(() => follower.page.events).toBe(1);
    feeds.hasten();
    const asked = performance.now();
    log(store, run.id, 'loss', 0, [1]);
    await expect.poll(() => follower.page.points, { interval: 5 }).toBe(1);
    expect(performance.now() - asked).toBeLessThan(250);
    follower.stop();
    await follower.ended;
  });

  it('bug: tell of a large record in parts of bounded size', async () => {
    const store = await temporaryStore();
    const runs = await Promise.all([1, 2, 3, 4, 5].map((seed) => startRun(store, 'mine', seed)));
    for (const { id } of runs)
      log(
        store,
        id,
        'loss',
        0,
        Array.from({ length: 60_000 }, (_, i) => i),
      );
    const [first] = runs;
    const watch = { ...watchOf(''), selection: { scope: { experimentId: first?.experimentId ?? '' } } };
    const parts: number[] = [];
    const told = new Set<string>();
    for await (const { event, cursor } of look(store, watch, START)) {
      parts.push(event.series.reduce((sum, { offset, total }) => sum + total - offset, 0));
      for (const { runId } of event.series) told.add(runId);
      // Whoever comes again with the cursor of a part is told of the rest alone.
      const rest = new Set<string>();
      for await (const again of look(store, watch, cursor)) for (const { runId } of again.event.series) rest.add(runId);
      expect([...rest].filter((id) => told.has(id))).toEqual([]);
      expect(rest.size + told.size).toBe(5);
    }
    expect(parts).toEqual([120_000, 120_000, 60_000]);
  });

  it('bug: a link that is closed ends its streams at the next look, not seconds later', async () => {
    const store = await temporaryStore();
    const run = await startRun(store, 'mine');
    const { context, shareId } = await guestOf(store, run.experimentId);
    const events = liveEvents(context, watchOf(run.id), START, undefined, new LiveFeeds(store, PACE));
    expect((await events.next()).done).toBe(false);
    const ended = events.next();
    await store.shares.revoke(shareId);
    expect(await Promise.race([ended, sleep(2_000, 'still open')])).toMatchObject({ done: true });
  });
});
