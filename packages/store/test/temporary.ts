import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Config, trainingStudy } from '@whorl/core';
import { onTestFinished } from 'vitest';
import { openStore, type Store } from '../src/index.ts';

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'whorl-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A record that goes with the test. */
export async function temporaryStore(home = temporaryFolder()): Promise<Store> {
  const store = await openStore({ home });
  onTestFinished(() => store.close());
  return store;
}

export const config = (seed = 1): Config => ({ ...trainingStudy('spiral').defaults, seed });

/** A run that has just started. */
export async function startRun(store: Store, seed = 1, experiment = 'spiral') {
  const { id: experimentId } = await store.experiments.ensure(experiment, 'spiral');
  return store.runs.start({
    experimentId,
    name: `seed ${seed}`,
    config: config(seed),
    engine: 'cpu',
    mode: 'eager',
    environment: { threads: 1 },
    command: 'npx whorl run spiral',
  });
}

/** The bytes of a chunk as versions wrote them that had no sums: eight of head, then steps, values and times as doubles. */
export function chunkWithoutSum(...columns: readonly Float64Array[]): Buffer {
  const bytes = Buffer.alloc(8 + columns.reduce((sum, column) => sum + 8 * column.length, 0));
  bytes[0] = 1;
  let at = 8;
  for (const column of columns) for (const number of column) at = bytes.writeDoubleLE(number, at);
  return bytes;
}

/** Points of one metric, as a batch at `offset`. */
export function batch(key: string, offset: number, values: readonly number[]) {
  return {
    key,
    offset,
    steps: Float64Array.from(values, (_, i) => offset + i),
    values: Float64Array.from(values),
    times: Float64Array.from(values, (_, i) => 1000 + offset + i),
  };
}
