import { spawn, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { experimentUrl, removeServerAddress, runUrl, serverAddress, writeServerAddress } from '../src/serving/links.ts';
import { temporaryFolder } from './cli.ts';

const defaults = { url: 'http://127.0.0.1:4000', shareUrl: 'http://127.0.0.1:4001', running: false };

describe('links', () => {
  it('lead to the web app that runs, for as long as it does', () => {
    const home = temporaryFolder();
    expect(serverAddress(home)).toEqual(defaults);
    const address = { url: 'http://127.0.0.1:5000', shareUrl: 'http://127.0.0.1:5001' };
    writeServerAddress(home, address);
    expect(serverAddress(home)).toEqual({ ...address, running: true });
    expect(experimentUrl(home, 'e1')).toBe('http://127.0.0.1:5000/experiments/e1');
    expect(runUrl(home, 'r1')).toBe('http://127.0.0.1:5000/runs/r1');
    removeServerAddress(home);
    expect(serverAddress(home)).toEqual(defaults);
  });

  it('lead back to the first of two web apps when the second has ended', () => {
    const home = temporaryFolder();
    const first = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    onTestFinished(() => void first.kill());
    const address = { url: 'http://127.0.0.1:5000', shareUrl: 'http://127.0.0.1:5001' };
    writeFileSync(path.join(home, 'server.json'), JSON.stringify({ ...address, pid: first.pid }));
    writeServerAddress(home, { url: 'http://127.0.0.1:5002', shareUrl: 'http://127.0.0.1:5003' });
    expect(serverAddress(home).url).toBe('http://127.0.0.1:5002');
    removeServerAddress(home);
    expect(serverAddress(home)).toEqual({ ...address, running: true });
  });

  it('do not lead to a web app that died, nor to what a broken note says', () => {
    const home = temporaryFolder();
    const note = path.join(home, 'server.json');
    const { pid } = spawnSync(process.execPath, ['--version']);
    writeFileSync(note, JSON.stringify({ url: 'http://127.0.0.1:5000', shareUrl: 'http://127.0.0.1:5001', pid }));
    expect(serverAddress(home)).toEqual(defaults);
    removeServerAddress(home);
    expect(existsSync(note), "another process's note is left to it").toBe(true);
    for (const text of ['', '{}', 'null', '[', '{"pid":"x"}']) {
      writeFileSync(note, text);
      expect(serverAddress(home), text).toEqual(defaults);
    }
  });
});
