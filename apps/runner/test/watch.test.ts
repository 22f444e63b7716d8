import { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Rng } from '@whorl/core';
import { openStore, type Store } from '@whorl/store';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FolderFollower } from '../src/importing/folder-follower.ts';
import { importRoots } from '../src/importing/sources.ts';
import { start, temporaryFolder, whorl } from './cli.ts';

const EVENTS = fileURLToPath(
  new URL('../../../packages/formats/test/fixtures/event-files/tensorboardx-1.tfevents', import.meta.url),
);

/** The steps of a metric of each run, by name. */
function stepsOf(store: Store, experiment: string, key: string): Record<string, number[]> {
  const runs = store.logged.read(store.runs.ids({ scope: { experimentId: experiment } }));
  return Object.fromEntries(runs.map(({ id, name }) => [name, [...store.metrics.read(id, key).steps]]));
}

/** A folder that is followed in this process. */
async function followed() {
  const folder = path.join(temporaryFolder(), 'followed');
  mkdirSync(folder);
  const store = await openStore({ home: path.join(temporaryFolder(), 'home') });
  const [root] = await importRoots(store, [folder], undefined);
  if (!root) throw new Error('no root');
  const stop = new AbortController();
  const done = new FolderFollower(store, root).follow(stop.signal);
  onTestFinished(async () => {
    stop.abort();
    await done;
    await store.close();
  });
  const steps = (key: string) => stepsOf(store, root.experiment.id, key);
  return { folder, steps };
}

describe('whorl watch', () => {
  it('has a point in the record within 2 s of its being written, in a folder that was not there', async () => {
    const { folder, steps } = await followed();
    const place = path.join(folder, 'deep', 'er');
    await sleep(300);
    mkdirSync(place, { recursive: true });
    const bytes = readFileSync(EVENTS);
    const file = path.join(place, 'events.out.tfevents.1');
    writeFileSync(file, bytes.subarray(0, 1000));
    await expect.poll(() => steps('train/loss')['deep/er']?.length ?? 0, { timeout: 2000 }).toBeGreaterThan(10);
    const before = steps('train/loss')['deep/er']?.length ?? 0;
    appendFileSync(file, bytes.subarray(1000));
    await expect.poll(() => steps('train/loss')['deep/er']?.length, { timeout: 2000 }).toBe(40);
    expect(before).toBeLessThan(40);
  });

  it('waits for a line that is not whole, and for a file that is written anew', async () => {
    const { folder, steps } = await followed();
    const file = path.join(folder, 'metrics.csv');
    writeFileSync(file, 'step,loss\n1,2\n2,1');
    await expect.poll(() => steps('loss').metrics, { timeout: 2000 }).toEqual([1]);
    appendFileSync(file, '5\n3,4\n');
    await expect.poll(() => steps('loss').metrics, { timeout: 2000 }).toEqual([1, 2, 3]);
    writeFileSync(file, 'step,acc,loss\n');
    appendFileSync(file, '1,0,2\n2,0,15\n3,0,4\n4,1,5\n');
    await expect.poll(() => steps('loss').metrics, { timeout: 2000 }).toEqual([1, 2, 3, 4]);
    await expect.poll(() => steps('acc').metrics, { timeout: 2000 }).toEqual([1, 2, 3, 4]);
  });

  it('loses no point and has none twice when it is killed at any moment', async () => {
    const home = path.join(temporaryFolder(), 'home');
    const folder = path.join(temporaryFolder(), 'killed');
    mkdirSync(folder);
    const rng = Rng.of(21);
    let step = 0;
    const writing = setInterval(() => {
      // Some lines, the last of which is cut where it may be.
      const lines = Array.from({ length: 20 }, () => `{"step":${step++},"loss":${step}}\n`).join('');
      appendFileSync(path.join(folder, 'metrics.jsonl'), lines);
      cpSync(EVENTS, path.join(folder, `run ${step}`, 'events.out.tfevents.1'));
    }, 50);
    onTestFinished(() => clearInterval(writing));
    for (let kill = 0; kill < 3; kill++) {
      const { child, ended } = start(home, 'watch', folder);
      await sleep(700 + rng.uniform() * 500);
      child.kill('SIGKILL');
      await ended;
    }
    clearInterval(writing);
    expect((await whorl(home, 'import', folder)).code).toBe(0);
    const store = await openStore({ home, readOnly: true });
    const [experiment] = await store.experiments.all();
    const { metrics, ...events } = stepsOf(store, experiment?.id as string, 'loss');
    expect(metrics).toEqual(Array.from({ length: step }, (_, i) => i));
    const losses = stepsOf(store, experiment?.id as string, 'train/loss');
    for (const name of Object.keys(events)) expect(losses[name], name).toEqual(Array.from({ length: 40 }, (_, i) => i));
    expect(Object.keys(events)).toHaveLength(step / 20);
    await store.close();
  });

  it('ends on Ctrl-C with what came in, and refuses what is no folder', async () => {
    const home = path.join(temporaryFolder(), 'home');
    const folder = path.join(temporaryFolder(), 'ended');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'metrics.csv'), 'step,loss\n1,2\n2,1\n');
    const { child, ended } = start(home, 'watch', folder, '--json');
    let said = '';
    child.stderr.on('data', (data) => {
      said += data;
    });
    await expect.poll(() => said, { timeout: 20_000 }).toContain('Ctrl-C');
    await sleep(500);
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ points: 2, media: 0, runs: [expect.any(String)] });
    const refused = await whorl(home, 'watch', path.join(folder, 'metrics.csv'));
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('expected a folder to watch') });
  });
});
