import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openStore } from '@whorl/store';
import { describe, expect, it } from 'vitest';
import { smallDisk, temporaryFolder, whorl } from './cli.ts';

describe('bad input: exit code 2, one message that names the field and what is allowed, nothing written', () => {
  it.each([
    [['run', 'spiral', 'optimizer.lr=abc'], 'optimizer.lr: expected a number, got "abc"'],
    [['run', 'spiral', 'optimzer.lr=1'], 'optimzer.lr: no such path. Did you mean "optimizer.lr"? Allowed: epochs'],
    [['run', 'spirl'], 'study: unknown study "spirl". Did you mean "spiral"? Allowed: spiral'],
    [['run', 'spiral', 'model.activation=rleu'], 'model.activation: got "rleu". Did you mean "relu"? Allowed: linear'],
    [['run', 'spiral', 'epochs=-1'], 'epochs: expected at least 1, got -1'],
    [['run', 'spiral', '--seeds', '5..1'], '--seeds: the range "5..1" runs backwards; write 1..5'],
    [['run', 'spiral', '--seeds=-1'], '--seeds: expected whole numbers from 0 on, got -1'],
    [['run', 'spiral', '--engine', 'wsam'], '--engine: unknown engine "wsam". Did you mean "wasm"? Allowed: native'],
    [['run', 'spiral', '--name', ' '], '--name: expected 1 to 200 characters, got 0'],
    [['run', 'spiral', '--name', 'x'.repeat(201)], '--name: expected 1 to 200 characters, got 201'],
    [['run', 'spiral', '--course', 'optimizer.name=adam'], 'optimizer.name: is what --course compares'],
    [['serve', '--port', 'http'], '--port: expected a port from 0 to 65535, got "http"'],
    [['share'], 'expected an experiment to share'],
    [['share', 'spiral', '--days', 'soon'], '--days: expected a number of days, got "soon"'],
    [['run'], "missing required argument 'study'"],
    [['run', 'spiral', '--sedes', '1'], "unknown option '--sedes'"],
    [['rnu'], "unknown command 'rnu'"],
  ])('whorl %j', async (args, message) => {
    const home = path.join(temporaryFolder(), 'home');
    const { code, stdout, stderr } = await whorl(home, ...args);
    expect(stderr).toContain(message);
    expect(stderr.match(/^error/gm)).toHaveLength(1);
    expect(stderr).not.toContain('    at ');
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect(existsSync(home)).toBe(false);
  });

  it('a database that is not one', async () => {
    const home = temporaryFolder();
    writeFileSync(path.join(home, 'whorl.db'), 'no database');
    const { code, stderr } = await whorl(home, 'run', 'spiral');
    expect([code, stderr.trim().split('\n').length]).toEqual([2, 1]);
    expect(stderr).toContain('is not a Whorl database; move it away, or set WHORL_HOME to another folder');
    expect(readFileSync(path.join(home, 'whorl.db'), 'utf8')).toBe('no database');
    expect(readdirSync(home)).toEqual(['whorl.db']);
  });

  it('an unknown run and an unknown experiment', async () => {
    const home = temporaryFolder();
    expect(await whorl(home, 'show', 'nope')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'error no run "nope"; whorl ls <experiment> lists them\n',
    });
    expect(await whorl(home, 'share', 'nope')).toMatchObject({
      code: 2,
      stderr: 'error no experiment "nope"; whorl ls lists them\n',
    });
  });

  it('a read-only folder', async ({ skip }) => {
    const disk = smallDisk('1m');
    if (!disk) return skip('needs the right to mount a file system');
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    const { code, stderr } = await whorl(path.join(disk, 'home'), 'run', 'spiral', 'epochs=2', '--engine', 'cpu');
    expect([code, stderr.trim().split('\n').length]).toEqual([2, 1]);
    expect(stderr).toContain('make its folder writable, or set WHORL_HOME to one that is');
    expect(readdirSync(disk)).toEqual([]);
  });

  it('a full disk: exit code 1, one message, and the database stays whole', async ({ skip }) => {
    const disk = smallDisk('700k');
    if (!disk) return skip('needs the right to mount a file system');
    const { code, stderr } = await whorl(
      disk,
      'run',
      'spiral',
      'epochs=20000',
      'data.n=20',
      'model.hidden=[2]',
      '--engine',
      'cpu',
    );
    expect(stderr.match(/^error/gm)).toHaveLength(1);
    expect(stderr).toMatch(/the disk that holds .* is full; free some space and run the command again/);
    expect(code).toBe(1);
    execFileSync('mount', ['-o', 'remount,size=64m', disk]);
    const store = await openStore({ home: disk });
    expect(store.check()).toBeNull();
    await store.close();
  });
});
