import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openStore, openTidied } from '@whorl/store';
import { describe, expect, it } from 'vitest';
import { ask, mayMount, remount, smallDisk, startWith, temporaryFolder, whorl } from './cli.ts';

describe('bad input: exit code 2, one message that names the field and what is allowed, nothing written', () => {
  it.each([
    [['run', 'spiral', 'optimizer.lr=abc'], 'optimizer.lr: expected a number, got "abc"'],
    [['run', 'spiral', 'optimzer.lr=1'], 'optimzer.lr: no such path. Did you mean "optimizer.lr"?\n'],
    [['run', 'spiral', 'optimizer.lr=0.1,abc', '--json'], 'optimizer.lr: expected a number, got "abc"'],
    [['run', 'spiral', 'optimizer.lr='], 'optimizer.lr: expected a value after "="'],
    [['run', 'spiral', 'optimizer.lr'], 'expected path=value (for example optimizer.lr=0.01), got "optimizer.lr"'],
    [['run', 'spiral', 'optimizer.lr=1', 'optimizer.lr=2'], 'optimizer.lr: is given twice'],
    [['run', 'spiral', 'optimizer.name=adm'], 'optimizer.name: unknown optimizer "adm". Did you mean "adam"? Allowed'],
    [
      ['run', 'spiral', 'model.hidden=8,32'],
      "model.hidden: expected a list such as [100,50], got 8; write [8], and to compare two 'model.hidden=[8],[16]'",
    ],
    [['run', 'spiral', 'epochs=0..3'], 'epochs: expected at least 1, got 0'],
    [['run', 'spiral', 'seed=3'], 'seed: give seeds with --seeds, for example --seeds 1..5'],
    [['run', 'spiral', 'model.__proto__=3'], 'model.__proto__: no such path. Allowed: model.name, model.hidden'],
    [['run', 'constructor'], 'study: unknown study "constructor". Allowed: tensors, spiral'],
    [['run', 'spirl'], 'study: unknown study "spirl". Did you mean "spiral"? Allowed: tensors, spiral'],
    [['run', 'spiral', 'model.activation=rleu'], 'model.activation: got "rleu". Did you mean "relu"? Allowed: linear'],
    [['run', 'spiral', 'epochs=-1'], 'epochs: expected at least 1, got -1'],
    [['run', 'spiral', '--seeds', '5..1'], '--seeds: the range "5..1" runs backwards; write 1..5'],
    [['run', 'spiral', '--seeds', ''], '--seeds: expected whole numbers such as 3, 1,2,5 or 1..5, got ""'],
    [['run', 'spiral', '--seeds', '1,1'], '--seeds: 1 is given twice in "1,1"'],
    [['run', 'spiral', 'optimizer.lr=0.01,0.010,1e-2'], 'optimizer.lr: 0.01 is given twice in "0.01,0.010,1e-2"'],
    [
      ['run', 'spiral', 'epochs=1..10000', 'data.n=2..10001'],
      'epochs (10000) x data.n (10000) are 100000000 runs, expected',
    ],
    [['run', 'spiral', '--seeds', '0..99999999'], '--seeds: the range "0..99999999" has more than 10000 values'],
    [['run', 'spiral', '--seeds=-1'], '--seeds: expected whole numbers from 0 on, got -1'],
    [['run', 'spiral', '--engine', 'wsam'], '--engine: unknown engine "wsam". Did you mean "wasm"? Allowed: portable'],
    [
      ['run', 'spiral', '--engine', 'gpu'],
      '--engine: unknown engine "gpu". Did you mean "cpu"? Allowed: portable, native, wasm',
    ],
    [['run', 'spiral', '--name', ''], '--name: expected 1 to 200 characters, got 0'],
    [['run', 'spiral', '--name', ' '], '--name: expected 1 to 200 characters, got 0'],
    [['run', 'spiral', '--name', 'x'.repeat(201)], '--name: expected 1 to 200 characters, got 201'],
    [['run', 'spiral', '--course', 'optimizer.name=adam'], 'optimizer.name: is what --course compares'],
    [['run', 'activations', '--course'], '--course: the course compares no configurations in the study activations'],
    [['serve', '--port', 'http'], '--port: expected a port from 0 to 65535, got "http"'],
    [['share'], 'expected an experiment or runs to share'],
    [['run', 'spiral', 'lr=1_000'], 'optimizer.lr: expected a number, got "1_000"; write 1000'],
    [['run', 'spiral', 'activation=silu'], 'model.activation: got "silu". Did you mean "swish"? Allowed: linear'],
    [['run', 'spiral', 'name=adam'], 'name: stands for several paths: data.name, model.name'],
    [['ls', 'spiral'], 'There is no record in '],
    [['show', 'nope'], 'There is no record in '],
    [['compare', 'grid'], 'There is no record in '],
    [['share', 'grid'], 'There is no record in '],
    [['share', '--list'], 'There is no record in '],
    [['stop', 'grid'], 'There is no record in '],
    [['share', 'spiral', '--days', 'soon'], '--days: expected a number of days, got "soon"'],
    [['run'], "missing required argument 'study'"],
    [['run', 'spiral', '--sedes', '1'], "unknown option '--sedes'\n(Did you mean --seeds?)"],
    [['ls', 'one', 'two'], "too many arguments for 'ls'. Expected 1 argument but got 2"],
    [['ls', 'spiral', '--query', 'seed = 1 and and'], `--query: expected `],
    [['ls', 'spiral', '--query', 'seed = 1 and and'], `\n  seed = 1 and and\n               ^^^\n`],
    [['ls', 'spiral', '--query', 'seed = '], `\n  seed =\n        ^\n`],
    [['ls', 'spiral', '--query', `${'seed = 1 or '.repeat(50)}\tseed ~ 2`], `or  seed ~ 2\n${' '.repeat(71)}^\n`],
    [['ls', '--query', 'seed = 1'], '--query: expected an experiment whose runs it finds'],
    [['rnu'], "unknown command 'rnu'\n(Did you mean run?)"],
  ])('whorl %j', async (args, message) => {
    const home = path.join(temporaryFolder(), 'home');
    const { code, stdout, stderr } = await ask(home, ...args);
    expect(stderr).toContain(message);
    expect(stderr.match(/^error/gm)).toHaveLength(1);
    expect(stderr).not.toContain('    at ');
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect(existsSync(home)).toBe(false);
  });

  it.each([[['run', 'spiral', 'optimizer.lr=abc']], [['ls', 'spiral', '--query', 'seed = ']], [['--help']]])(
    'whorl %j says the same in a process of its own',
    async (args) => {
      const home = path.join(temporaryFolder(), 'home');
      expect(await whorl(home, ...args)).toEqual(await ask(home, ...args));
    },
  );

  it('a database that is not one', async () => {
    const home = temporaryFolder();
    writeFileSync(path.join(home, 'whorl.db'), 'no database');
    const { code, stderr } = await whorl(home, 'run', 'spiral');
    expect([code, stderr.trim().split('\n').length]).toEqual([2, 1]);
    expect(stderr).toContain('is not a Whorl database; move it away, or set WHORL_HOME to another folder');
    expect(readFileSync(path.join(home, 'whorl.db'), 'utf8')).toBe('no database');
    expect(readdirSync(home)).toEqual(['whorl.db']);
  });

  it('a database that is damaged', async () => {
    const home = temporaryFolder();
    await (await openStore({ home })).close();
    const file = path.join(home, 'whorl.db');
    writeFileSync(file, readFileSync(file).subarray(0, 60_000));
    const before = readFileSync(file);
    expect(await ask(home, 'ls')).toEqual({
      code: 2,
      stdout: '',
      stderr: `error ${file} is damaged; put a copy in its place, or move it away and Whorl starts a new one\n`,
    });
    expect(readFileSync(file)).toEqual(before);
  });

  it('a home below a file, and a database that is none of SQLite', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'notes');
    writeFileSync(file, 'notes');
    expect(await whorl(path.join(file, 'home'), 'run', 'spiral')).toEqual({
      code: 2,
      stdout: '',
      stderr: `error cannot write ${file}/home/whorl.db (ENOTDIR); make its folder writable, or set WHORL_HOME to one that is\n`,
    });
    const home = path.join(folder, 'home');
    const { ended } = startWith({ DATABASE_URL: 'postgresql://localhost/whorl' }, home, 'run', 'spiral');
    expect(await ended).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error DATABASE_URL: expected file:/path/to/whorl.db, got "postgresql://localhost/whorl"\n',
    });
    expect(readdirSync(folder)).toEqual(['notes']);
    expect(readFileSync(file, 'utf8')).toBe('notes');
  });

  it('an experiment of that name that is of another study, and days that no share has', async () => {
    const home = temporaryFolder();
    const store = await openStore({ home });
    await store.experiments.ensure('taken', 'other study');
    await store.close();
    expect(await ask(home, 'run', 'spiral', '--name', 'taken')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error experiment "taken" is of the study "other study", not "spiral"; give another --name\n',
    });
    expect(await ask(home, 'share', 'taken', '--days', '0')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'error days: expected more than 0 and at most 3650, got 0\n',
    });
    const again = await openStore({ home });
    expect(await again.experiments.get('taken')).toMatchObject({ runs: 0 });
    expect(await again.shares.list()).toEqual([]);
    await again.close();
  });

  it('an unknown run and an unknown experiment', async () => {
    const home = temporaryFolder();
    await (await openStore({ home })).close();
    expect(await ask(home, 'show', 'nope')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'error no run "nope"; whorl ls <experiment> lists them\n',
    });
    expect(await ask(home, 'share', 'nope')).toMatchObject({
      code: 2,
      stderr: 'error share: no run or experiment "nope". whorl ls lists the experiments\n',
    });
  });

  it.skipIf(!mayMount)('a read-only folder (needs the right to mount)', async () => {
    const disk = smallDisk('4m');
    remount(disk, 'ro');
    const { code, stdout, stderr } = await whorl(path.join(disk, 'home'), 'run', 'spiral', 'epochs=2');
    expect([code, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 1]);
    expect(stderr).toContain('make its folder writable, or set WHORL_HOME to one that is');
    expect(readdirSync(disk)).toEqual([]);
  });

  it.skipIf(!mayMount)('a record on a disk that became read-only (needs the right to mount)', async () => {
    const disk = smallDisk('4m');
    await (await openStore({ home: disk })).close();
    const before = readFileSync(path.join(disk, 'whorl.db'));
    remount(disk, 'ro');
    const { code, stdout, stderr } = await whorl(disk, 'run', 'spiral', 'epochs=2');
    expect([code, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 1]);
    expect(stderr).toContain('make its folder writable, or set WHORL_HOME to one that is');
    expect(readFileSync(path.join(disk, 'whorl.db'))).toEqual(before);
  });
});

describe('a full disk: exit code 1, one message, and the database stays whole', () => {
  it.skipIf(!mayMount).each(['64k', '400k'])('of %s (needs the right to mount)', async (size) => {
    const disk = smallDisk(size);
    const long = ['epochs=20000', 'data.n=20', 'model.hidden=[2]', '--engine', 'wasm', '--json'];
    const { code, stdout, stderr } = await whorl(disk, 'run', 'spiral', ...long);
    expect(stderr.match(/^error/gm)).toHaveLength(1);
    expect(stderr).toMatch(/the disk that holds .* is full; free some space and run the command again\n$/);
    expect(stderr).not.toContain('    at ');
    expect(code).toBe(1);
    if (stdout !== '') expect(JSON.parse(stdout)).toMatchObject({ runs: [{ status: 'failed' }] });

    remount(disk, 'size=64m');
    const store = await openTidied({ home: disk });
    expect(store.check()).toBeNull();
    for (const { id } of (await store.experiments.list()).items)
      for (const run of (await store.runs.list(id)).items) {
        expect(['failed', 'crashed']).toContain(run.status);
        const { steps } = store.metrics.read(run.id, 'loss');
        expect([...steps]).toEqual(Array.from(steps, (_, step) => step));
      }
    await store.close();
    expect((await whorl(disk, 'run', 'spiral', 'epochs=2', ...long.slice(1))).code).toBe(0);
  });
});
