import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore } from '@whorl/store';
import { describe, expect, it } from 'vitest';
import { ask, json, mayMount, remount, smallDisk, temporaryFolder, whorl } from './cli.ts';

const quick = ['data.n=30', 'epochs=2', 'model.hidden=[4]', '--engine', 'cpu', '--jobs', '1'];

interface Runs {
  readonly runs: readonly { readonly id: string }[];
}

/** A record of two runs. */
async function recordIn(home: string): Promise<string[]> {
  const { runs } = await json<Runs>(home, 'run', 'spiral', ...quick, 'optimizer.lr=0.1,0.01', '--seeds', '1');
  return runs.map(({ id }) => id);
}

/** Damages a database by statements. */
const damage = (file: string, ...statements: readonly string[]) =>
  execFileSync(process.execPath, [
    fileURLToPath(new URL('../../../packages/store/test/fixtures-sql.mjs', import.meta.url)),
    file,
    ...statements,
  ]);

const fill = (disk: string) => {
  try {
    writeFileSync(path.join(disk, 'filler'), Buffer.alloc(64 * 2 ** 20));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
};

/** What only reads, and what it says among other things. */
const reading = (run: string): readonly (readonly [words: readonly string[], says: string])[] => [
  [['ls'], 'spiral'],
  [['ls', 'spiral'], run],
  [['ls', 'spiral', '--query', 'optimizer.lr = 0.1'], '0.1'],
  [['show', run], 'optimizer.lr'],
  [['compare', 'spiral'], 'accuracy by optimizer.lr'],
  [['share', '--list'], 'No link is open.'],
  [['doctor'], 'only read: '],
  [['doctor', '--deep'], '1 experiment, 2 runs'],
];

async function expectReadable(home: string, because: string): Promise<string> {
  const run = readdirSync(home).includes('whorl.db') ? await someRun(home) : '';
  for (const [words, says] of reading(run)) {
    const { code, stdout, stderr } = await ask(home, ...words);
    expect([words, code, stderr.includes('the record is only read') || words[0] === 'doctor']).toEqual([
      words,
      0,
      true,
    ]);
    expect(stdout).toContain(says);
    expect(stdout + stderr).toContain(because);
  }
  return run;
}

const someRun = async (home: string) => (await json<Runs>(home, 'ls', 'spiral')).runs[0]?.id ?? '';

describe.skipIf(!mayMount)('a record on a disk that cannot be written (needs the right to mount)', () => {
  it('bug: is read from a home that is only read, and what would write says so', async () => {
    const disk = smallDisk('64m');
    const [run = ''] = await recordIn(disk);
    remount(disk, 'ro');
    const before = readdirSync(disk);
    await expectReadable(disk, 'whorl.db (SQLITE_CANTOPEN)');
    for (const words of [
      ['share', run],
      ['run', 'spiral', ...quick],
    ]) {
      const { code, stdout, stderr } = await whorl(disk, ...words);
      expect([words, code, stdout], stderr).toEqual([words, 2, '']);
      expect(stderr).toMatch(/error .*(cannot write|can only be read)/s);
      expect(stderr).not.toContain('    at ');
    }
    expect(readdirSync(disk)).toEqual(before);
  });

  it('bug: is read on a full disk, and what would write says so', async () => {
    const disk = smallDisk('16m');
    const [run = ''] = await recordIn(disk);
    fill(disk);
    await expectReadable(disk, 'is full; free some space');
    for (const words of [
      ['share', run],
      ['run', 'spiral', ...quick],
    ]) {
      const { stderr } = await whorl(disk, ...words);
      expect(stderr).toMatch(/error .*(is full; free some space|can only be read)/s);
      expect(stderr).not.toContain('    at ');
    }
  });
});

describe.skipIf(process.getuid?.() !== 0)('a record of another user (needs root, to be that user)', () => {
  it('bug: is read where its folder may be read', async () => {
    const home = path.join(temporaryFolder(), 'home');
    await recordIn(home);
    expect(statSync(home).mode & 0o777, 'nobody else may').toBe(0o700);
    execFileSync('chmod', ['-R', 'a+rX', path.dirname(home)]);
    const code = `import('${import.meta.resolve('@whorl/store')}').then(async ({ openStore }) => {
      process.setgid(65534); process.setuid(65534);
      const store = await openStore({ home: ${JSON.stringify(home)}, readOnly: 'if needed' });
      console.log(store.readOnlyBecause?.code, (await store.experiments.all()).length);
      await store.close();
    })`;
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
    expect(said).toBe('read-only 1\n');
  });
});

describe('a home', () => {
  it('is made for its user alone; one that is there stays as it is', async () => {
    const folder = temporaryFolder();
    const home = path.join(folder, 'new', 'home');
    await recordIn(home);
    expect(statSync(home).mode & 0o777).toBe(0o700);
    const open = path.join(folder, 'open');
    mkdirSync(open);
    chmodSync(open, 0o755);
    await recordIn(open);
    expect(statSync(open).mode & 0o777).toBe(0o755);
  });

  it('is not made by a command that only reads', async () => {
    const home = path.join(temporaryFolder(), 'home');
    for (const words of [['ls'], ['doctor', '--deep'], ['show', 'x'], ['share', '--list'], ['gc']])
      await ask(home, ...words);
    expect(readdirSync(path.dirname(home))).toEqual([]);
  });
});

describe('damage', () => {
  it("bug: is found by whorl doctor --deep, in people's words and as JSON", async () => {
    const home = temporaryFolder();
    const [run] = await recordIn(home);
    const whole = await ask(home, 'doctor', '--deep');
    expect([whole.code, whole.stdout]).toEqual([
      0,
      expect.stringMatching(/✓ record .*1 experiment, 2 runs, \d+ points and \d+ files were read/),
    ]);
    damage(
      path.join(home, 'whorl.db'),
      `UPDATE Run SET environment = 'none' WHERE id = '${run}'`,
      'UPDATE MetricChunk SET data = zeroblob(length(data)) WHERE rowid = 1',
    );
    const { code, stdout } = await ask(home, 'doctor', '--deep');
    expect(code).toBe(1);
    expect(stdout).toMatch(/✓ database/);
    expect(stdout).toMatch(/✗ record +2 things are damaged; the rest was read and is as it was written:\n +\S/);
    expect(stdout).toContain(`run ${run} cannot be read in full: environment`);
    const { checks } = JSON.parse((await ask(home, 'doctor', '--deep', '--json')).stdout);
    expect(checks).toContainEqual(
      expect.objectContaining({
        name: 'record',
        ok: false,
        detail: expect.stringMatching(/points 0 to \d+: their version is 0/),
      }),
    );
    const shown = await ask(home, 'show', run as string);
    expect([shown.code, shown.stdout]).toEqual([0, expect.stringContaining('damaged in the record: environment')]);
  });
});

describe('what processes that died left behind', () => {
  it('bug: is listed and removed by whorl gc; what is written now stays', async () => {
    const home = temporaryFolder();
    await recordIn(home);
    const litter = path.join(home, 'artifacts', 'ab');
    mkdirSync(litter, { recursive: true });
    const sha256 = `ab${'0'.repeat(62)}`;
    writeFileSync(path.join(litter, sha256), 'of no run');
    const old = path.join(litter, `${sha256}.5f0c3c1e-0000-4000-8000-000000000000.part`);
    writeFileSync(old, 'half');
    execFileSync('touch', ['-d', '2 hours ago', old]);
    writeFileSync(path.join(litter, `${sha256}.5f0c3c1e-0000-4000-8000-000000000001.part`), 'of who knows whom');
    const dry = await ask(home, 'gc', '--dry');
    expect([dry.code, dry.stdout]).toEqual([0, '1 unfinished file and 1 file of no run, 13 B; whorl gc removes it\n']);
    expect(readdirSync(litter)).toHaveLength(3);
    expect(await json(home, 'gc')).toMatchObject({ removed: true, parts: 1, files: 1, bytes: 13, rows: 0 });
    expect(readdirSync(litter)).toEqual([`${sha256}.5f0c3c1e-0000-4000-8000-000000000001.part`]);
    expect((await ask(home, 'gc')).stdout).toBe('Nothing is left behind.\n');
    const store = await openStore({ home });
    expect((await store.examine()).problems).toEqual([]);
    await store.close();
  });
});
