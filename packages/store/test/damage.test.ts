import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeChunk, encodeChunk } from '../src/chunk-codec.ts';
import { openStore, openTidied, type Store, StoreError } from '../src/index.ts';
import { batch, chunkWithoutSum, startRun, temporaryFolder } from './temporary.ts';

// A record is damaged in one place, in as many ways as there are. Each time it must be said what is damaged, and everything
// else must be read as it was.

const POINTS = Array.from({ length: 10_000 }, (_, i) => Math.sin(i));
const FEW = [3, 2, 1];

interface Record {
  readonly home: string;
  readonly file: string;
  /** A run that is damaged, and one of the same experiment that is not. */
  readonly victim: string;
  readonly other: string;
  readonly experimentId: string;
}

/** A record of two experiments, closed: a copy of one that is made once. */
async function record(): Promise<Record> {
  made ??= make();
  const home = path.join(temporaryFolder(), 'home');
  const { file, ...rest } = await made;
  cpSync(rest.home, home, { recursive: true });
  return { ...rest, home, file: path.join(home, path.basename(file)) };
}

let made: Promise<Record> | undefined;
const template = mkdtempSync(path.join(tmpdir(), 'whorl-damage-'));
afterAll(() => rmSync(template, { recursive: true, force: true }));

async function make(): Promise<Record> {
  const home = template;
  const store = await openStore({ home });
  const [victim, other, third] = [await startRun(store, 1), await startRun(store, 2), await startRun(store, 3, 'far')];
  for (const { id } of [victim, other, third]) {
    store.metrics.append(id, [batch('loss', 0, POINTS), batch('accuracy', 0, FEW)]);
    for (const step of [1, 2]) {
      const data = Buffer.from(`picture ${step} of ${id}`);
      await store.artifacts.put(id, { name: 'boundary', step, mediaType: 'text/plain', data, meta: { grid: 2 } });
    }
    await store.runs.setTags([id], { colour: 'red' });
    await store.runs.end(id, 'finished', { durationMs: 1 });
  }
  await store.views.save({ experimentId: victim.experimentId, name: 'mine', state: 'x=1' });
  await store.demonstrations.keep(victim.experimentId, 'wasm', [
    { title: { en: 'one', zh: '一' }, code: '1 + 1', output: { en: 'two', zh: '二' }, holds: true },
    { title: { en: 'two', zh: '二' }, code: '2 + 2', output: { en: 'four', zh: '四' }, holds: true },
  ]);
  await store.shares.create({ kind: 'comparison', runIds: [victim.id, other.id] });
  await store.shares.create({ kind: 'experiment', experimentId: third.experimentId });
  await store.close();
  return { home, file: store.databaseFile, victim: victim.id, other: other.id, experimentId: victim.experimentId };
}

type Damage = (record: Record) => void;

const inDatabase =
  (work: (database: Database.Database, record: Record) => void): Damage =>
  (record) => {
    const database = new Database(record.file);
    database.pragma('foreign_keys = OFF');
    work(database, record);
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
  };

/** A statement on the victim's row of `Run`, and so on. */
const run = (sets: string): Damage =>
  inDatabase((database, { victim }) => void database.prepare(`UPDATE Run SET ${sets} WHERE id = ?`).run(victim));

const CHUNK = `MetricChunk WHERE seriesId = (SELECT id FROM MetricSeries WHERE runId = ? AND key = 'loss')`;

const chunk = (work: (database: Database.Database, victim: string, data: Buffer) => void): Damage =>
  inDatabase((database, { victim }) => {
    const data = database.prepare(`SELECT data FROM ${CHUNK} AND "index" = 4096`).pluck().get(victim) as Buffer;
    work(database, victim, Buffer.from(data));
  });

const setChunk = (database: Database.Database, victim: string, data: Buffer, index = 4096) =>
  database
    .prepare(
      `UPDATE MetricChunk SET data = ? WHERE "index" = ? AND seriesId = (SELECT id FROM MetricSeries WHERE runId = ? AND key = 'loss')`,
    )
    .run(data, index, victim);

/** Where the victim's first artifact lies. */
function artifactFile({ home, file, victim }: Record): string {
  const database = new Database(file, { readonly: true });
  const sha256 = database
    .prepare('SELECT sha256 FROM Artifact WHERE runId = ? ORDER BY step')
    .pluck()
    .get(victim) as string;
  database.close();
  return path.join(home, 'artifacts', sha256.slice(0, 2), sha256);
}

/** Overwrites pages of a table or an index. */
const page =
  (name: string, kind: 'leaf' | 'overflow', fill: number): Damage =>
  (record) => {
    const database = new Database(record.file);
    database.pragma('wal_checkpoint(TRUNCATE)');
    const size = database.pragma('page_size', { simple: true }) as number;
    const found = database
      .prepare('SELECT pageno FROM dbstat WHERE name = ? AND pagetype = ? ORDER BY pageno')
      .pluck()
      .all(name, kind) as number[];
    database.close();
    const at = found[0] as number;
    expect(at, `${name} has pages of its own`).toBeGreaterThan(1);
    const bytes = readFileSync(record.file);
    bytes.fill(fill, (at - 1) * size, at * size);
    writeFileSync(record.file, bytes);
  };

const bytes =
  (change: (data: Buffer) => Buffer): Damage =>
  ({ file }) =>
    writeFileSync(file, change(readFileSync(file)));

/** What must be said, by whoever opens the record or examines it; null where nothing is damaged by it. */
interface Kind {
  readonly damage: Damage;
  readonly says: RegExp | null;
  /** Whether the record cannot be opened at all. */
  readonly whole?: boolean;
  /** Whether lists of runs are among what cannot be read. */
  readonly lists?: false;
  /** Whether the points of the run that was left alone are. */
  readonly points?: false;
  /** More that must hold. */
  readonly also?: (store: Store, record: Record) => Promise<void>;
}

const lossOf =
  (store: Store, { victim }: Record) =>
  () =>
    store.metrics.read(victim, 'loss');

const KINDS: Readonly<globalThis.Record<string, Kind>> = {
  'a database cut inside its header': {
    damage: ({ file }) => truncateSync(file, 50),
    says: /whorl\.db is damaged; put a copy in its place, or move it away/,
    whole: true,
  },
  'a database cut in the middle': {
    damage: ({ file }) => truncateSync(file, 4096 * 30),
    says: /whorl\.db is damaged; put a copy in its place, or move it away/,
    whole: true,
  },
  'a database whose header is flipped': {
    damage: bytes((data) => {
      data.fill(0xff, 0, 16);
      return data;
    }),
    says: /whorl\.db is not a Whorl database/,
    whole: true,
  },
  'a database that is a text': {
    damage: ({ file }) => writeFileSync(file, 'my notes\n'.repeat(2000)),
    says: /whorl\.db is not a Whorl database/,
    whole: true,
  },
  'a database of no bytes, beside the files of one': {
    damage: ({ file }) => truncateSync(file, 0),
    says: /whorl\.db is empty, and the artifacts beside it are those of a record; put a copy in its place/,
    whole: true,
  },
  'a folder in the place of the database': {
    damage: ({ file }) => {
      rmSync(file);
      mkdirSync(file);
    },
    says: /whorl\.db is a folder and no database; move it away/,
    whole: true,
  },
  'the database of another program': {
    damage: ({ file }) => {
      rmSync(file);
      new Database(file).exec('CREATE TABLE recipe (name TEXT)').close();
    },
    says: /is a database of another program/,
    whole: true,
  },
  'a migration of a newer Whorl': {
    damage: inDatabase((database) =>
      database.exec(
        "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '2999_later', 1)",
      ),
    ),
    says: /was written by a newer Whorl \(it has the migration 2999_later\); update Whorl/,
    whole: true,
  },
  'a missing table': {
    damage: inDatabase((database) => database.exec('DROP TABLE Tag')),
    says: /no such table: Tag|lacks a table or a column that Whorl makes/,
    lists: false,
  },
  'a write-ahead log of garbage': {
    damage: ({ file }) => writeFileSync(`${file}-wal`, Buffer.alloc(100_000, 0xa5)),
    says: null, // SQLite takes from a log what its checksums prove, here nothing
  },
  'an index of the log of garbage': {
    damage: ({ file }) => writeFileSync(`${file}-shm`, Buffer.alloc(32_768, 0xa5)),
    says: null, // it is made anew
  },
  'a page of runs zeroed': {
    damage: page('Run', 'leaf', 0),
    says: /run \w+ cannot be read in full: row/,
    points: false,
  },
  'a page of runs overwritten': {
    damage: page('Run', 'leaf', 0xa5),
    says: /run \w+ cannot be read in full: row/,
    points: false,
  },
  'a page of params overwritten': {
    damage: page('Param', 'leaf', 0xa5),
    says: /run \w+ cannot be read in full: params/,
  },
  'a page of points zeroed': {
    damage: page('MetricChunk', 'overflow', 0),
    says: /metric loss of run \w+ is damaged: database disk image is malformed/,
    points: false,
  },
  'a page of an index overwritten': {
    damage: page('Run_configHash_status_idx', 'leaf', 0xa5),
    says: /database: /,
  },
  'a config that is no JSON': {
    damage: run(`config = '{"study": "spi'`),
    says: /run \w+ cannot be read in full: config/,
    also: async (store, { victim }) =>
      expect(await store.runs.get(victim)).toMatchObject({ config: null, error: 'damaged in the record: config' }),
  },
  'a config that is a list': { damage: run(`config = '[1]'`), says: /cannot be read in full: config/ },
  'an environment that is no JSON': {
    damage: run(`environment = 'threads'`),
    says: /cannot be read in full: environment/,
    also: async (store, { experimentId }) => {
      const field = { kind: 'environment', key: 'threads' } as const;
      const { total, columns } = store.runs.table({ scope: { experimentId }, fields: [field] });
      expect([total, columns]).toEqual([2, [[1, null]]]);
      expect(store.runs.fields({ scope: { experimentId } }).map(({ field }) => field)).toContain('environment.threads');
    },
  },
  'a status that there is not': {
    damage: run(`status = 'exploded'`),
    says: /cannot be read in full: status/,
    also: async (store, { victim }) => {
      expect(await store.runs.get(victim)).toMatchObject({ status: 'crashed', error: 'damaged in the record: status' });
      expect((await store.experiments.get('spiral')).byStatus).toMatchObject({ crashed: 1, finished: 1 });
    },
  },
  'a date that is none': { damage: run(`createdAt = 'yesterday'`), says: /cannot be read in full: createdAt/ },
  'a seed that is a text': { damage: run(`seed = 'one'`), says: /cannot be read in full: seed/ },
  'a sign of life that is no date': {
    damage: run(`status = 'running', heartbeatAt = 'now', processStart = 'another/1'`),
    says: null,
    also: async (store, { victim }) => expect((await store.runs.get(victim)).status).toBe('crashed'),
  },
  'no name where one must be': {
    damage: inDatabase((database, { victim }) => {
      database.unsafeMode();
      database.pragma('writable_schema = ON');
      database.exec(
        `UPDATE sqlite_master SET sql = replace(sql, '"name" TEXT NOT NULL', '"name" TEXT') WHERE name = 'Run'`,
      );
      database.pragma('writable_schema = RESET');
      database.prepare('UPDATE Run SET name = NULL WHERE id = ?').run(victim);
    }),
    says: /cannot be read in full: name/,
  },
  'the experiment of runs deleted': {
    damage: inDatabase((database) => database.exec("DELETE FROM Experiment WHERE name = 'far'")),
    says: /database: \d+ rows belong to nothing \(Run → Experiment\)/,
  },
  'a date of an experiment that is none': {
    damage: inDatabase((database) => database.exec("UPDATE Experiment SET updatedAt = 'now' WHERE name = 'far'")),
    says: /experiment \w+ cannot be read in full: updatedAt/,
  },
  'points flipped': {
    damage: chunk((database, victim, data) => {
      data[5000] = (data[5000] as number) ^ 1;
      setChunk(database, victim, data);
    }),
    says: /metric loss of run \w+ is damaged: points 4096 to 8191: their bytes are not those that were written/,
    also: async (store, record) => {
      expect(lossOf(store, record)).toThrow(/points 4096 to 8191/);
      expect(store.metrics.read(record.victim, 'accuracy').values).toEqual(Float64Array.from(FEW));
    },
  },
  'a chunk cut': {
    damage: chunk((database, victim, data) => setChunk(database, victim, data.subarray(0, 1000))),
    says: /is damaged: points 4096 to 8191: they were cut to 1000 bytes/,
  },
  'a chunk cut between two points': {
    damage: chunk((database, victim, data) => setChunk(database, victim, data.subarray(0, 8 + 24 * 10))),
    says: /is damaged: points 4096 to 8191/,
  },
  'a chunk of no bytes': {
    damage: chunk((database, victim) => setChunk(database, victim, Buffer.alloc(0))),
    says: /is damaged: points 4096 to 8191: they have no header/,
  },
  'a chunk that is a text': {
    damage: inDatabase((database, { victim }) =>
      database.exec(
        `UPDATE MetricChunk SET data = 'loss' WHERE seriesId IN (SELECT id FROM MetricSeries WHERE runId = '${victim}')`,
      ),
    ),
    says: /is damaged: points 0 to 4095: they have no header/,
  },
  ...Object.fromEntries(
    [
      [0, 'points 0 to 4095 are missing'],
      [4096, 'points 4096 to 8191 are missing'],
      [8192, 'points 8192 to 9999 are missing'],
    ].map(([index, says]): [string, Kind] => [
      `the chunk at ${index} missing`,
      {
        damage: inDatabase((database, { victim }) =>
          database.prepare(`DELETE FROM ${CHUNK} AND "index" = ?`).run(victim, index),
        ),
        says: new RegExp(`metric loss of run \\w+ is damaged: ${says}`),
        also: async (store, record) => {
          expect(lossOf(store, record)).toThrow(String(says));
        },
      },
    ]),
  ),
  'the chunk of another run': {
    damage: inDatabase((database, { victim, other }) => {
      const data = database.prepare(`SELECT data FROM ${CHUNK} AND "index" = 4096`).pluck().get(other) as Buffer;
      setChunk(database, victim, data);
    }),
    says: /is damaged: points 4096 to 8191: their bytes are not those that were written/,
  },
  'a chunk twice': {
    damage: inDatabase((database, { victim }) =>
      database
        .prepare(
          `INSERT INTO MetricChunk SELECT seriesId, 5000, firstStep, lastStep, count, data FROM ${CHUNK} AND "index" = 4096`,
        )
        .run(victim),
    ),
    says: /is damaged: points 5000 to 8191 are there twice/,
  },
  'a wrong count of a chunk': {
    damage: inDatabase((database, { victim }) =>
      database.exec(
        `UPDATE MetricChunk SET count = 1 WHERE "index" = 8192 AND seriesId IN (SELECT id FROM MetricSeries WHERE runId = '${victim}')`,
      ),
    ),
    says: /is damaged: points 8193 to 9999 are missing/,
  },
  'a count of a series that is too large': {
    damage: inDatabase((database, { victim }) =>
      database.prepare("UPDATE MetricSeries SET count = 10001 WHERE runId = ? AND key = 'loss'").run(victim),
    ),
    says: /is damaged: points 10000 to 10000 are missing/,
  },
  'a count of a series that is too small': {
    damage: inDatabase((database, { victim }) =>
      database.prepare("UPDATE MetricSeries SET count = 9000 WHERE runId = ? AND key = 'loss'").run(victim),
    ),
    says: /is damaged: points 9000 to 9999 are not in its count/,
  },
  'a summary that is not that of the points': {
    damage: inDatabase((database, { victim }) =>
      database.prepare("UPDATE MetricSeries SET max = 'high', last = 7 WHERE runId = ? AND key = 'loss'").run(victim),
    ),
    says: /metric loss of run \w+ is damaged: its summary is not that of its points/,
  },
  'steps that a chunk does not have': {
    damage: inDatabase((database, { victim }) =>
      database.exec(
        `UPDATE MetricChunk SET lastStep = 5000 WHERE "index" = 4096 AND seriesId IN (SELECT id FROM MetricSeries WHERE runId = '${victim}')`,
      ),
    ),
    says: /metric loss of run \w+ is damaged: its chunks are not at the steps that they say/,
  },
  'a step that is no number': {
    damage: chunk((database, victim) => {
      const column = new Float64Array(4096).fill(Number.NaN);
      const { id } = database.prepare("SELECT id FROM MetricSeries WHERE runId = ? AND key = 'loss'").get(victim) as {
        id: number;
      };
      const columns = { steps: column, values: column, times: column };
      setChunk(database, victim, encodeChunk(columns, { seriesId: id, index: 4096 }));
    }),
    says: /is damaged: points 4096 to 8191: a step is NaN/,
  },
  'an artifact gone': {
    damage: (record) => rmSync(artifactFile(record)),
    says: /artifact boundary of run \w+: .* is missing/,
    also: async (store, { victim }) => {
      const [one, two] = await store.artifacts.list(victim);
      await expect(store.artifacts.read(victim, one?.id ?? 0)).rejects.toMatchObject({ code: 'damaged' });
      expect((await store.artifacts.read(victim, two?.id ?? 0)).data.toString()).toContain('picture 2');
    },
  },
  'an artifact cut': {
    damage: (record) => truncateSync(artifactFile(record), 3),
    says: /artifact boundary of run \w+: .* is not what was written/,
  },
  'an artifact with other bytes': {
    damage: (record) => {
      const file = artifactFile(record);
      writeFileSync(file, readFileSync(file, 'utf8').replace('picture', 'Picture'));
    },
    says: /artifact boundary of run \w+: .* is not what was written/,
  },
  'an artifact whose description is no JSON': {
    damage: inDatabase((database, { victim }) =>
      database.exec(`UPDATE Artifact SET meta = '{' WHERE runId = '${victim}'`),
    ),
    says: /artifact boundary of run \w+ \d+ cannot be read in full: meta/,
    also: async (store, { victim }) => expect(await store.artifacts.list(victim)).toHaveLength(2),
  },
  'an artifact whose hash is a path': {
    damage: inDatabase((database, { victim }) =>
      database.exec(`UPDATE Artifact SET sha256 = '../../../../etc/passwd' WHERE runId = '${victim}'`),
    ),
    says: /artifact boundary of run \w+: its hash is none/,
  },
  'a link to a kind of thing that there is not': {
    damage: inDatabase((database) => database.exec("UPDATE Share SET kind = 'everything' WHERE kind = 'comparison'")),
    says: /share \w+ cannot be read in full: kind/,
    also: async (store) => expect((await store.shares.list()).map(({ kind }) => kind)).toEqual(['experiment']),
  },
  'a set of runs that is no JSON': {
    damage: inDatabase((database) => database.exec("UPDATE RunSet SET runIds = 'all'")),
    says: /set of runs \w+ cannot be read in full: runIds/,
    also: async (store, { victim, other }) =>
      expect(store.runSets.find(store.runSets.idOf([victim, other]))).rejects.toMatchObject({ code: 'damaged' }),
  },
  'a saved view of a date that is none': {
    damage: inDatabase((database) => database.exec("UPDATE SavedView SET updatedAt = ''")),
    says: /saved view \w+ cannot be read in full: updatedAt/,
    also: async (store, { experimentId }) => expect(await store.views.list(experimentId)).toEqual([]),
  },
  'a demonstration whose output lost a language': {
    damage: inDatabase((database) =>
      database.exec(`UPDATE Demonstration SET output = '{"en":"two"}' WHERE position = 0`),
    ),
    says: /demonstration \w+ 0 cannot be read in full: output/,
    // The other one alone would be judged as the whole.
    also: async (store, { experimentId }) => expect(store.demonstrations.find(experimentId)).toBeNull(),
  },
  'a parameter that is a blob': {
    damage: inDatabase((database, { victim }) =>
      database.exec(`UPDATE Param SET value = x'ff00' WHERE key = 'optimizer.name' AND runId = '${victim}'`),
    ),
    says: null,
  },
};

interface ChunkRow {
  readonly rowid: number;
  readonly seriesId: number;
  readonly index: number;
  readonly data: Buffer;
}

describe('a record with', () => {
  it('nothing damaged is whole, and what old versions wrote without checksums is read', async () => {
    const made = await record();
    inDatabase((database) => {
      const rows = database.prepare('SELECT rowid, * FROM MetricChunk').all() as ChunkRow[];
      for (const { rowid, seriesId, index, data } of rows) {
        const { steps, values, times } = decodeChunk(data, { seriesId, index });
        const old = chunkWithoutSum(steps, values, times);
        database.prepare('UPDATE MetricChunk SET data = ? WHERE rowid = ?').run(old, rowid);
      }
    })(made);
    const store = await openStore({ home: made.home });
    expect(await store.examine()).toEqual({
      experiments: 2,
      runs: 3,
      series: 6,
      points: 3 * 10_003,
      artifacts: 6,
      problems: [],
    });
    await store.close();
  });

  it.each(Object.entries(KINDS))('bug: %s is said, and the rest is read', async (_, kind) => {
    const made = await record();
    kind.damage(made);
    const said: string[] = [];
    const store = await openTidied({ home: made.home }).catch((error: unknown) => {
      if (!(error instanceof StoreError)) throw error;
      said.push(error.message);
      return null;
    });
    expect(store === null, said.join()).toBe(kind.whole === true);
    if (!store) {
      expect(said.join('\n')).toMatch(kind.says as RegExp);
      return;
    }
    try {
      said.push(...(await store.examine()).problems.map(({ en }) => en));
      if (kind.says === null) expect(said).toEqual([]);
      else expect(said.join('\n')).toMatch(kind.says);
      const names = (await store.experiments.list()).items.map(({ name }) => name);
      expect(names).toContain('spiral');
      if (kind.lists !== false) {
        const { items } = await store.runs.list(made.experimentId);
        expect(items.map(({ id }) => id).sort()).toEqual([made.victim, made.other].sort());
        expect((await store.runs.getMany([made.other]))[0]).toMatchObject({ id: made.other, metrics: [{}, {}] });
      } else await expect(store.runs.list(made.experimentId)).rejects.toBeInstanceOf(StoreError);
      if (kind.points !== false) {
        expect(store.metrics.read(made.other, 'loss').values).toEqual(Float64Array.from(POINTS));
        const [first] = await store.artifacts.list(made.other);
        expect((await store.artifacts.read(made.other, first?.id ?? 0)).data.toString()).toContain('picture 1');
      }
      await kind.also?.(store, made);
    } finally {
      await store.close();
    }
  });

  it('bug: a run with damaged points is ended all the same, and its points stay as they lie', async () => {
    const home = temporaryFolder();
    const store = await openStore({ home });
    const { id } = await startRun(store);
    for (let at = 0; at < 3; at++) store.metrics.append(id, [batch('loss', at * 3, FEW)]);
    const database = new Database(store.databaseFile);
    const lying = () => database.prepare('SELECT data FROM MetricChunk ORDER BY "index"').pluck().all();
    database.exec(`UPDATE MetricChunk SET data = zeroblob(80) WHERE "index" = 3`);
    const before = lying();
    expect((await store.runs.end(id, 'finished', { durationMs: 1 })).status).toBe('finished');
    expect(lying()).toEqual(before);
    database.close();
    await store.close();
  });

  it('bug: runs are sorted by something of their environments where one of these is no JSON', async () => {
    const made = await record();
    run(`environment = 'threads'`)(made);
    const store = await openStore({ home: made.home });
    const sort = [{ field: { kind: 'environment', key: 'threads' }, descending: true }] as const;
    expect(store.runs.ids({ scope: { experimentId: made.experimentId } }, sort)).toEqual([made.other, made.victim]);
    await store.close();
  });
});
