import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { trainingStudy } from '@whorl/core';
import { openStore, type Store } from '@whorl/store';
import { onTestFinished } from 'vitest';
import { parseSettings } from '../process/env.ts';
import { setRunning } from '../process/running.ts';
import type { Cursor } from '../src/contract/cursor.ts';
import type { Context } from '../src/server/access/context.ts';
import { look, type Seen, type Watch } from '../src/server/live/live.ts';

/** A record that goes with the test. */
export async function temporaryStore(): Promise<Store> {
  const home = mkdtempSync(path.join(tmpdir(), 'whorl-web-'));
  const store = await openStore({ home });
  onTestFinished(async () => {
    await store.close();
    rmSync(home, { recursive: true, force: true });
  });
  return store;
}

interface Serving {
  readonly shareUrl?: string | null;
  /** Settings of ports and hosts, as the environment has them. */
  readonly ports?: Readonly<Record<string, string>>;
}

/** Says, for as long as the test lasts, that a server runs. */
export function runServer({ shareUrl = null, ports = {} }: Serving): void {
  setRunning({ settings: parseSettings({ WHORL_HOME: '/x', ...ports }), store: null, shareUrl });
  onTestFinished(() => setRunning(null));
}

/** A run that has just started, in the experiment of that name. */
export async function startRun(store: Store, experiment: string, seed = 1, name = `seed ${seed}`) {
  const { id: experimentId } = await store.experiments.ensure(experiment, 'spiral');
  const config = { ...trainingStudy('spiral').defaults, seed };
  const environment = { host: 'my-machine', threads: 1 };
  return store.runs.start({
    experimentId,
    name,
    config,
    engine: 'cpu',
    mode: 'eager',
    environment,
    command: 'npx whorl run spiral',
  });
}

/** Adds points to a run's metric. */
export function log(store: Store, runId: string, key: string, offset: number, values: readonly number[]): void {
  const column = Float64Array.from(values);
  const steps = column.map((_, i) => offset + i);
  store.metrics.append(runId, [{ key, offset, steps, values: column, times: steps }]);
}

export const ownerOf = (store: Store): Context => ({
  store,
  viewer: { kind: 'owner' },
  timeZone: 'UTC',
});

/** Someone with a link to the experiment. */
export async function guestOf(
  store: Store,
  experimentId: string,
): Promise<{ context: Context; token: string; shareId: string }> {
  const { token, share } = await store.shares.create({ kind: 'experiment', experimentId });
  const isOpen = async () => (await store.shares.resolve(token)) !== null;
  return { context: { store, viewer: { kind: 'share', share, isOpen }, timeZone: 'UTC' }, token, shareId: share.id };
}

/** For who watches runs, and nothing as a whole. */
export const ALONE = { list: false, still: false, experiments: [], files: [], texts: 'whole' } as const;

/** One look at the database, where what is new is little. */
export async function lookOnce(store: Store, watch: Watch, cursor: Cursor, all?: boolean): Promise<Seen> {
  const parts: Seen[] = [];
  for await (const part of look(store, watch, cursor, all)) parts.push(part);
  const [seen] = parts;
  if (!seen || parts.length > 1) throw new Error(`expected one part, got ${parts.length}`);
  return seen;
}
