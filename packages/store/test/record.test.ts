import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { configHash } from '@whorl/core';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openStore, type Page } from '../src/index.ts';
import { batch, config, startRun, temporaryStore } from './temporary.ts';

describe('runs', () => {
  it('come back as they were started', async () => {
    const store = await temporaryStore();
    const run = await startRun(store, 3);
    expect(await store.runs.get(run.id)).toEqual(run);
    expect(run).toMatchObject({
      status: 'running',
      seed: 3,
      config: config(3),
      configHash: await configHash(config(3)),
      environment: { threads: 1 },
      error: null,
      metrics: [],
    });
    expect(run.params).toMatchObject({
      'optimizer.lr': 0.001,
      'model.activation': 'relu',
      'model.hidden': '[100]',
      seed: 3,
    });
  });

  it('are found by their config once they have finished', async () => {
    const store = await temporaryStore();
    const run = await startRun(store);
    expect(await store.runs.findRecorded(run.experimentId, config())).toBeNull();
    await store.runs.end(run.id, 'finished', { durationMs: 12, mode: 'compiled' });
    expect(await store.runs.findRecorded(run.experimentId, config())).toMatchObject({
      id: run.id,
      status: 'finished',
      durationMs: 12,
      mode: 'compiled',
    });
    expect(await store.runs.findRecorded(run.experimentId, config(2))).toBeNull();
  });

  it('are listed newest first, page by page, each once', async () => {
    const store = await temporaryStore();
    const ids: string[] = [];
    for (let seed = 1; seed <= 7; seed++) ids.unshift((await startRun(store, seed)).id);
    const [experiment] = (await store.experiments.list()).items;
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.runs.list(experiment?.id ?? '', { limit: 3, cursor });
      found.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(found.sort()).toEqual(ids.sort());
    expect(experiment).toMatchObject({ runs: 7, byStatus: { running: 7, finished: 0 } });
  });

  it('of a living process are not marked crashed; those of one that has another start time are', async () => {
    const store = await temporaryStore();
    const [alive, reused] = [await startRun(store, 1), await startRun(store, 2)];
    new Database(store.databaseFile).prepare("UPDATE Run SET processStart = 'another/1' WHERE id = ?").run(reused.id);
    expect(await store.runs.markCrashed()).toEqual([reused.id]);
    expect((await store.runs.get(alive.id)).status).toBe('running');
    expect(await store.runs.get(reused.id)).toMatchObject({
      status: 'crashed',
      error: 'the process that trained it ended without a word',
    });
  });

  it('bug: of a process that is gone are crashed in a record that can only be read, too', async () => {
    const store = await temporaryStore();
    const [alive, dead] = [await startRun(store, 1), await startRun(store, 2)];
    new Database(store.databaseFile).prepare("UPDATE Run SET processStart = 'another/1' WHERE id = ?").run(dead.id);
    const read = await openStore({ home: store.home, readOnly: true });
    const statuses = async () => (await read.runs.getMany([alive.id, dead.id])).map(({ status }) => status);
    expect(await statuses()).toEqual(['running', 'crashed']);
    expect(await read.runs.get(dead.id)).toMatchObject({
      error: 'the process that trained it ended without a word',
      endedAt: expect.any(Date),
    });
    await read.close();
    expect((await store.runs.get(dead.id)).status, 'nothing was written').toBe('running');
  });

  it('that crashed ended at their last point where that came after their last beat', async () => {
    const store = await temporaryStore();
    const [told, silent] = [await startRun(store, 1), await startRun(store, 2)];
    const last = Date.now() + 14_000;
    const points = { ...batch('loss', 0, [3, 2, 1]), times: Float64Array.of(last - 2, last - 1, last) };
    store.metrics.append(told.id, [
      points,
      { ...points, key: 'accuracy', times: points.times.map((time) => time - 5) },
    ]);
    new Database(store.databaseFile).prepare("UPDATE Run SET processStart = 'another/1'").run();
    await store.runs.markCrashed();
    expect((await store.runs.get(told.id)).endedAt).toEqual(new Date(last));
    expect((await store.runs.get(silent.id)).endedAt).toEqual(silent.startedAt);
  });

  it('where the system tells nothing of processes count as dead after two minutes of silence', async () => {
    const store = await temporaryStore();
    const { id } = await startRun(store);
    const database = new Database(store.databaseFile);
    database.prepare("UPDATE Run SET processStart = '' WHERE id = ?").run(id);
    expect(await store.runs.markCrashed()).toEqual([]);
    database
      .prepare('UPDATE Run SET heartbeatAt = ? WHERE id = ?')
      .run(new Date(Date.now() - 121_000).toISOString(), id);
    expect(await store.runs.markCrashed()).toEqual([id]);
  });

  it('of another machine count as dead after two minutes of silence', async () => {
    const store = await temporaryStore();
    const { id } = await startRun(store);
    const database = new Database(store.databaseFile);
    database.prepare("UPDATE Run SET host = 'elsewhere' WHERE id = ?").run(id);
    expect(await store.runs.markCrashed()).toEqual([]);
    database
      .prepare('UPDATE Run SET heartbeatAt = ? WHERE id = ?')
      .run(new Date(Date.now() - 130_000).toISOString().replace('Z', '+00:00'), id);
    expect(await store.runs.markCrashed()).toEqual([id]);
  });

  it('that are not there are named', async () => {
    const store = await temporaryStore();
    await expect(store.runs.get('nope')).rejects.toMatchObject({
      code: 'not-found',
      message: 'no run "nope"; whorl ls <experiment> lists them',
    });
    await expect(store.experiments.get('nope')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('words that every object has', () => {
  it('bug: are names of tags, params and metrics as any others are; the one that objects lose is refused', async () => {
    const store = await temporaryStore();
    const run = await startRun(store);
    const words = ['constructor', 'prototype', 'toString', 'valueOf', '__defineGetter__'];
    const tags = Object.fromEntries(words.map((word) => [word, `tag ${word}`]));
    await store.runs.setTags([run.id], tags);
    store.metrics.append(
      run.id,
      words.map((word) => batch(word, 0, [1, 2])),
    );
    const { tags: found, metrics, params } = await store.runs.get(run.id);
    expect(found).toEqual(tags);
    expect(metrics.map(({ key }) => key).sort()).toEqual([...words].sort());
    expect(Object.keys(params)).not.toContain('constructor');
    const refused = { code: 'bad-input', message: expect.stringContaining('nothing can be called __proto__') };
    await expect(store.runs.setTags([run.id], JSON.parse('{"__proto__": "x"}'))).rejects.toMatchObject(refused);
    expect(() => store.metrics.append(run.id, [batch('__proto__', 0, [1])])).toThrow('metric: nothing can be called');
    const now = new Date();
    const recorded = {
      experimentId: run.experimentId,
      name: 'x',
      config: config(9),
      status: 'finished' as const,
      engine: '',
      mode: '',
      environment: {},
      command: '',
      createdAt: now,
      startedAt: null,
      endedAt: null,
      durationMs: null,
      metrics: {},
    };
    for (const of of ['params', 'tags', 'metrics']) {
      const one = { ...recorded, [of]: JSON.parse('{"__proto__": "x"}') };
      await expect(store.runs.insertMany([recorded, one]), of).rejects.toMatchObject(refused);
    }
    expect(await store.runs.all(run.experimentId), 'nothing of it was written').toHaveLength(1);
  });
});

describe('experiments', () => {
  it('are made once by name, and keep their study', async () => {
    const store = await temporaryStore();
    const made = await Promise.all(Array.from({ length: 5 }, () => store.experiments.ensure('same', 'spiral')));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    await expect(store.experiments.ensure('same', 'other')).rejects.toThrow(
      'experiment "same" is of the study "spiral", not "other"; give another --name',
    );
    expect((await store.experiments.find('same'))?.id).toBe(made[0]?.id);
  });
});

/** Every item of a list, page by page. */
async function allPages<T>(read: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const found: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    found.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}

describe('lists by page', () => {
  it.each([1, 2, 3, 7, 8])(
    'hold each experiment and each run once, %i a page, made in one moment or not',
    async (limit) => {
      const store = await temporaryStore();
      for (let i = 1; i <= 7; i++) await startRun(store, i, `experiment ${i}`);
      for (let seed = 1; seed <= 7; seed++) await startRun(store, seed, 'many');
      const { id } = await store.experiments.get('many');
      const database = new Database(store.databaseFile);
      const moment = '2026-01-01T00:00:00.000+00:00';
      database.prepare('UPDATE Run SET createdAt = ? WHERE seed < 5').run(moment);
      database.prepare("UPDATE Experiment SET updatedAt = ? WHERE name < 'experiment 5'").run(moment);
      database.close();
      const experiments = await allPages((cursor) => store.experiments.list({ limit, cursor }));
      expect(experiments.map(({ name }) => name).sort()).toEqual(
        [...[1, 2, 3, 4, 5, 6, 7].map((i) => `experiment ${i}`), 'many'].sort(),
      );
      const runs = await allPages((cursor) => store.runs.list(id, { limit, cursor }));
      expect(runs.map(({ seed }) => seed).sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
      const times = runs.map(({ createdAt }) => createdAt.getTime());
      expect(times).toEqual([...times].sort((a, b) => b - a));
    },
  );
});

describe('artifacts', () => {
  const file = {
    name: 'boundary',
    step: 3,
    mediaType: 'application/octet-stream',
    data: Buffer.from('picture'),
    meta: { grid: 2 },
  };

  it('are kept once by their content and come back whole', async () => {
    const store = await temporaryStore();
    const [one, two] = [await startRun(store, 1), await startRun(store, 2)];
    await store.artifacts.put(one.id, file);
    await store.artifacts.put(one.id, file);
    await store.artifacts.put(two.id, file);
    const listed = await store.artifacts.list(one.id, 'boundary');
    const sha256 = createHash('sha256').update('picture').digest('hex');
    expect(listed).toMatchObject([{ step: 3, sha256, size: 7, meta: { grid: 2 } }]);
    expect(
      readdirSync(path.join(store.home, 'artifacts'), { recursive: true }).filter((name) => String(name).length > 40),
    ).toEqual([path.join(sha256.slice(0, 2), sha256)]);
    const { data } = await store.artifacts.read(one.id, listed[0]?.id ?? 0);
    expect(data.toString()).toBe('picture');
    await expect(store.artifacts.read(two.id, listed[0]?.id ?? 0)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('of the same bytes, put at one moment by two runs, are both kept (they once shared a part file)', async () => {
    const store = await temporaryStore();
    const runs = [await startRun(store, 1), await startRun(store, 2)];
    for (let round = 0; round < 20; round++) {
      const data = Buffer.alloc(100_000, round);
      const puts = runs.flatMap(({ id }) =>
        [0, 1, 2].map((step) => store.artifacts.put(id, { ...file, name: `round ${round}`, step, data })),
      );
      await Promise.all(puts);
    }
    for (const { id } of runs) {
      const listed = await store.artifacts.list(id);
      expect(listed).toHaveLength(60);
      for (const artifact of listed) expect((await store.artifacts.read(id, artifact.id)).data.length).toBe(100_000);
    }
    expect(readdirSync(path.join(store.home, 'artifacts'), { recursive: true }).join()).not.toContain('part');
  });

  it('put again under their name and step replace what was there', async () => {
    const store = await temporaryStore();
    const { id } = await startRun(store);
    await store.artifacts.put(id, file);
    await store.artifacts.put(id, { ...file, data: Buffer.from('another') });
    const listed = await store.artifacts.list(id);
    expect(listed).toHaveLength(1);
    expect((await store.artifacts.read(id, listed[0]?.id ?? 0)).data.toString()).toBe('another');
  });

  it('that were changed on disk are noticed', async () => {
    const store = await temporaryStore();
    const { id } = await startRun(store);
    await store.artifacts.put(id, file);
    const [record] = await store.artifacts.list(id);
    const sha256 = record?.sha256 ?? '';
    writeFileSync(path.join(store.home, 'artifacts', sha256.slice(0, 2), sha256), 'Picture');
    await expect(store.artifacts.read(id, record?.id ?? 0)).rejects.toThrow(/artifact boundary of run .* is damaged/);
  });
});

describe('shares', () => {
  it('open by a secret of at least 128 bits that is kept nowhere', async () => {
    const store = await temporaryStore();
    const { id: experimentId } = await store.experiments.ensure('shared', 'spiral');
    const { token, share } = await store.shares.create({ kind: 'experiment', experimentId });
    expect(Buffer.from(token, 'base64url').length * 8).toBeGreaterThanOrEqual(128);
    expect(await store.shares.resolve(token)).toEqual(share);
    const filesWith = (text: string) =>
      readdirSync(store.home).filter((name) => readFileSync(path.join(store.home, name)).includes(text));
    expect(filesWith(share.id), 'the row itself is in a file that was searched').not.toEqual([]);
    for (const secret of [token, Buffer.from(token, 'base64url').toString('hex')])
      expect(filesWith(secret)).toEqual([]);
    await store.close();
    expect(filesWith(share.id)).toContain('whorl.db');
    expect(filesWith(token)).toEqual([]);
    const again = await openStore({ home: store.home });
    expect(await again.shares.resolve(token)).toEqual(share);
    await again.close();
  });

  it('do not open by a wrong secret, nor revoked, nor expired', async () => {
    const store = await temporaryStore();
    const { id: experimentId } = await store.experiments.ensure('shared', 'spiral');
    const { token, share } = await store.shares.create({ kind: 'experiment', experimentId });
    const wrong = (token.startsWith('A') ? 'B' : 'A') + token.slice(1);
    expect(await store.shares.resolve(wrong)).toBeNull();
    expect(await store.shares.resolve('')).toBeNull();
    expect(await store.shares.resolve("' OR 1=1 --")).toBeNull();
    expect((await store.shares.list({ kind: 'experiment', experimentId })).map(({ id }) => id)).toEqual([share.id]);
    await store.shares.revoke(share.id);
    expect(await store.shares.resolve(token)).toBeNull();
    expect(await store.shares.list()).toEqual([]);
    await expect(store.shares.revoke(share.id)).rejects.toMatchObject({ code: 'not-found' });

    const brief = await store.shares.create({ kind: 'experiment', experimentId }, 1e-9);
    expect(await store.shares.resolve(brief.token)).toBeNull();
    for (const days of [0, -1, Number.NaN, 1e9]) {
      await expect(store.shares.create({ kind: 'experiment', experimentId }, days)).rejects.toThrow(
        'days: expected more than 0',
      );
    }
  });

  it('are of experiments, of runs and of comparisons, and listed newest first', async () => {
    const store = await temporaryStore();
    const [one, two] = [await startRun(store, 1), await startRun(store, 2)];
    const targets = [
      { kind: 'experiment', experimentId: one.experimentId },
      { kind: 'run', runIds: [one.id] },
      { kind: 'comparison', runIds: [two.id, one.id] },
    ] as const;
    const tokens: string[] = [];
    for (const target of targets) {
      const { token, share } = await store.shares.create(target, 2);
      expect(share).toMatchObject(target);
      expect(await store.shares.resolve(token)).toEqual(share);
      expect(share.expiresAt.getTime() - share.createdAt.getTime()).toBeGreaterThan(1.9 * 24 * 3600 * 1000);
      tokens.push(token);
    }
    expect(new Set(tokens).size).toBe(3);
    const listed = await store.shares.list();
    expect(listed.map(({ kind }) => kind).sort()).toEqual(['comparison', 'experiment', 'run']);
    const times = listed.map(({ createdAt }) => createdAt.getTime());
    expect(times).toEqual([...times].sort((a, b) => b - a));
    for (const target of targets) expect(await store.shares.list(target)).toMatchObject([target]);
    expect(await store.shares.list({ kind: 'run', runIds: [two.id] })).toEqual([]);
    expect(await store.runSets.find(store.runSets.idOf([two.id, one.id])), 'the set of a comparison').toEqual([
      two.id,
      one.id,
    ]);
    for (const runIds of [[], [one.id, two.id]]) {
      await expect(store.shares.create({ kind: 'run', runIds })).rejects.toThrow('a link to a run is to one');
    }
    await expect(store.shares.create({ kind: 'comparison', runIds: [] })).rejects.toThrow('one run or more');
    expect(await store.shares.list()).toHaveLength(3);
  });
});
