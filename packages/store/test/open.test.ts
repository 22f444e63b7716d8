import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore, pendingSql } from '../src/index.ts';
import { batch, startRun, temporaryFolder, temporaryStore } from './temporary.ts';

const migrations = readdirSync(new URL('../../../prisma/migrations/', import.meta.url)).filter((name) =>
  /^\d/.test(name),
);

/** A mounted file system of 4 MB, where this user may mount one. */
function smallDisk(): string | null {
  const folder = temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return null;
  }
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', folder]);
  });
  return folder;
}

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
    await expect(openStore({ home })).rejects.toThrow('is a database of another program');
    const tables = new Database(path.join(home, 'whorl.db')).prepare('SELECT name FROM sqlite_master').pluck().all();
    expect(tables).toEqual(['recipe']);
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
    await expect(openStore({ home })).rejects.toThrow(
      'was written by a newer Whorl (it has the migration 29990101000000_later)',
    );
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

  it('names a read-only folder and writes nothing', async ({ skip }) => {
    const disk = smallDisk();
    if (!disk) return skip('needs the right to mount a file system');
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    await expect(openStore({ home: path.join(disk, 'home') })).rejects.toThrow(
      /cannot write .*whorl\.db \((EROFS|ENOENT)\); make its folder writable/,
    );
    expect(readdirSync(disk)).toEqual([]);
  });

  it('names a full disk, keeps what was stored, and takes points again when there is room', async ({ skip }) => {
    const disk = smallDisk();
    if (!disk) return skip('needs the right to mount a file system');
    const store = await openStore({ home: disk });
    onTestFinished(() => store.close());
    const { id } = await startRun(store);
    let stored = 0;
    const fill = () => {
      for (let i = 0; i < 200; i++) {
        store.metrics.append(id, [
          batch(
            'loss',
            stored,
            Array.from({ length: 4096 }, () => 1),
          ),
        ]);
        stored += 4096;
      }
    };
    expect(fill).toThrow(/the disk that holds .* is full; free some space/);
    expect(store.metrics.read(id, 'loss').values).toHaveLength(stored);
    expect(store.check()).toBeNull();
    execFileSync('mount', ['-o', 'remount,size=64m', disk]);
    store.metrics.append(id, [batch('loss', stored, [2])]);
    expect(store.metrics.series(id)[0]).toMatchObject({ count: stored + 1, last: 2 });
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
