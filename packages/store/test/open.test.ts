import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore, pendingSql } from '../src/index.ts';
import { batch, startRun, temporaryFolder, temporaryStore } from './temporary.ts';

const migrations = readdirSync(new URL('../../../prisma/migrations/', import.meta.url)).filter((name) =>
  /^\d/.test(name),
);

const opener = fileURLToPath(new URL('./fixtures-open.mjs', import.meta.url));

/** Whether this user may mount a file system: the way to a full or read-only disk that holds for root too. */
const mayMount = (() => {
  const folder = mkdtempSync(path.join(tmpdir(), 'whorl-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
})();

/** A mounted file system of its own size. */
function smallDisk(size = '4m'): string {
  const folder = temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', folder]);
  });
  return folder;
}

const remount = (disk: string, option: string) => execFileSync('mount', ['-o', `remount,${option}`, disk]);

/** Every file of a folder with its bytes. */
const bytesOf = (folder: string) => readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name))]);

describe('opening the record', () => {
  it("applies every migration once, by Prisma's own book", async () => {
    const home = temporaryFolder();
    const file = (await temporaryStore(home)).databaseFile;
    const book = () =>
      new Database(file, { readonly: true })
        .prepare('SELECT migration_name, finished_at FROM _prisma_migrations')
        .all() as { migration_name: string; finished_at: unknown }[];
    const first = book();
    expect(first.map(({ migration_name }) => migration_name)).toEqual(migrations);
    expect(first.every(({ finished_at }) => finished_at !== null)).toBe(true);
    await temporaryStore(home);
    expect(book()).toEqual(first);
  });

  it('makes a second database in one process (the engine once started twice and panicked)', async () => {
    for (let i = 0; i < 3; i++) expect((await temporaryStore()).check()).toBeNull();
  });

  it('finds in schema.prisma nothing that the migrations do not have', async () => {
    expect(await pendingSql()).toBe('');
  });

  it('refuses a file that is no database, and leaves it as it was', async () => {
    const home = temporaryFolder();
    const file = path.join(home, 'whorl.db');
    const text = 'these are my notes, not a database\n'.repeat(100);
    writeFileSync(file, text);
    await expect(openStore({ home })).rejects.toThrow(
      `${file} is not a Whorl database; move it away, or set WHORL_HOME`,
    );
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(readdirSync(home)).toEqual(['whorl.db']);
  });

  it('refuses the database of another program', async () => {
    const home = temporaryFolder();
    const other = new Database(path.join(home, 'whorl.db'));
    other.exec('CREATE TABLE recipe (name TEXT)');
    other.close();
    const before = bytesOf(home);
    await expect(openStore({ home })).rejects.toThrow('is a database of another program');
    expect(bytesOf(home)).toEqual(before);
  });

  it('refuses a database that a newer Whorl wrote', async () => {
    const home = temporaryFolder();
    const store = await openStore({ home });
    await store.close();
    const database = new Database(store.databaseFile);
    database.exec(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '29990101000000_later', 1)",
    );
    database.close();
    const before = bytesOf(home);
    await expect(openStore({ home })).rejects.toThrow(
      'was written by a newer Whorl (it has the migration 29990101000000_later)',
    );
    expect(bytesOf(home)).toEqual(before);
  });

  it("refuses a home that cannot be a folder, and a database that is none of SQLite's", async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'file'), '');
    await expect(openStore({ home: path.join(folder, 'file', 'home') })).rejects.toThrow(/cannot write .* \(ENOTDIR\)/);
    await expect(openStore({ home: folder, databaseUrl: 'postgresql://localhost/x' })).rejects.toThrow(
      'DATABASE_URL: expected file:/path/to/whorl.db, got "postgresql://localhost/x"',
    );
    expect(existsSync(path.join(folder, 'whorl.db'))).toBe(false);
  });

  it.skipIf(!mayMount)('names a read-only folder and writes nothing (needs the right to mount)', async () => {
    const disk = smallDisk();
    remount(disk, 'ro');
    await expect(openStore({ home: path.join(disk, 'home') })).rejects.toThrow(
      /cannot write .*whorl\.db \((EROFS|ENOENT)\); make its folder writable/,
    );
    expect(readdirSync(disk)).toEqual([]);
  });

  it.skipIf(!mayMount)(
    'names a full disk, keeps what was stored, and takes points again when there is room (needs the right to mount)',
    async () => {
      const disk = smallDisk();
      const store = await openStore({ home: disk });
      onTestFinished(() => store.close());
      const { id } = await startRun(store);
      let stored = 0;
      const fill = () => {
        const values = new Array<number>(4096).fill(1);
        for (; stored < 200 * 4096; stored += 4096) store.metrics.append(id, [batch('loss', stored, values)]);
      };
      expect(fill).toThrow(/the disk that holds .* is full; free some space/);
      expect(store.metrics.read(id, 'loss').values).toHaveLength(stored);
      expect(store.check()).toBeNull();
      remount(disk, 'size=64m');
      store.metrics.append(id, [batch('loss', stored, [2])]);
      expect(store.metrics.series(id)[0]).toMatchObject({ count: stored + 1, last: 2 });
    },
  );

  // Half a migration once stayed behind a full disk, and every later start was refused with Prisma's P3009.
  it.skipIf(!mayMount).each(['8k', '32k', '64k', '128k', '160k'])(
    'opens, once there is room, what a disk of %s was too small to make (needs the right to mount)',
    async (size) => {
      const disk = smallDisk(size);
      await expect(openStore({ home: disk })).rejects.toMatchObject({
        code: 'disk-full',
        message: `the disk that holds ${disk}/whorl.db is full; free some space and run the command again`,
      });
      remount(disk, 'size=64m');
      const store = await temporaryStore(disk);
      expect(store.check()).toBeNull();
      expect((await startRun(store)).status).toBe('running');
    },
  );

  // Prisma alone refuses such a database ever after (P3009).
  it('opens what a process that died in the middle of a migration left behind', async () => {
    const home = temporaryFolder();
    const child = spawn(process.execPath, [opener, home, 'dies'], { stdio: 'ignore' });
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    const store = await temporaryStore(home);
    expect(store.check()).toBeNull();
    expect((await startRun(store)).status).toBe('running');
  });

  it('makes one schema when four processes open a new folder at once', async () => {
    const home = path.join(temporaryFolder(), 'new');
    const children = [1, 2, 3, 4].map(() => spawn(process.execPath, [opener, home], { stdio: 'ignore' }));
    expect(await Promise.all(children.map((child) => once(child, 'exit')))).toEqual(children.map(() => [0, null]));
    const store = await temporaryStore(home);
    const book = new Database(store.databaseFile, { readonly: true }).prepare(
      'SELECT migration_name FROM _prisma_migrations',
    );
    expect(book.pluck().all()).toEqual(migrations);
  });

  it('keeps the database where DATABASE_URL says', async () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'elsewhere'));
    const store = await openStore({ home: path.join(folder, 'home'), databaseUrl: `file:${folder}/elsewhere/my.db` });
    await store.close();
    expect(existsSync(path.join(folder, 'elsewhere', 'my.db'))).toBe(true);
    expect(existsSync(path.join(folder, 'home', 'whorl.db'))).toBe(false);
  });
});
