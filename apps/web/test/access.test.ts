import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { decideApp, decideShare, type RequestHead } from '../process/access.ts';
import { Door } from '../process/door.ts';
import { parseSettings } from '../process/env.ts';
import { Sessions } from '../process/sessions.ts';

const TOKEN = 'a-secret-of-many-letters';
const head = (over: Partial<RequestHead>): RequestHead => ({
  method: 'GET',
  url: '/',
  host: '127.0.0.1:4000',
  origin: undefined,
  authorization: undefined,
  cookie: undefined,
  address: '192.168.1.9',
  ...over,
});
const answer = (over: Partial<RequestHead>, token?: string) => {
  const verdict = decideApp(head(over), token === undefined ? undefined : doorOf(token).door);
  return verdict.kind === 'refuse' ? verdict.status : verdict.kind;
};

/** A door with its sessions in a folder that goes with the test, and clocks that the test turns on. */
function doorOf(token: string, home = mkdtempSync(path.join(tmpdir(), 'whorl-door-')), port = 4000) {
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const clock = { now: Date.UTC(2026, 10, 29) };
  const now = () => clock.now;
  return { home, clock, door: new Door(token, new Sessions(home, token, now), () => port, now) };
}

/** Ways to write `..` that a part of a server may read as one. */
const ESCAPES = ['..', '%2e%2e', '%2E%2E', '.%2e', '%2e.', '%252e%252e', '..%2f..', '..%5c..', '%2e%2e%00'];

describe('the app listener', () => {
  it.each(['127.0.0.1:4000', 'localhost:4000', '[::1]:4000', 'localhost'])('answers to %s', (host) => {
    expect(answer({ host })).toBe('answer');
  });

  it.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:4000', '192.168.1.4:4000', undefined])(
    'refuses the host %s',
    (host) => {
      expect(answer({ host })).toBe(403);
    },
  );

  it('lets a page of this machine log to it, and nothing else; no other page does', () => {
    const page = { origin: 'http://localhost:5173' };
    for (const method of ['OPTIONS', 'POST']) {
      expect(answer({ ...page, method, url: '/api/log/1/runs/abcdefgh' })).toBe('answer');
      expect(answer({ origin: 'https://evil.example', method, url: '/api/log/1/runs/abcdefgh' })).toBe(403);
      expect(answer({ ...page, method, url: '/trpc/experiments.list' })).toBe(403);
      expect(answer({ ...page, method, url: '/api/log/../../trpc/experiments.list' })).toBe(403);
      expect(answer({ ...page, method, url: '/api/log%2f1/runs/abcdefgh' })).toBe(403);
    }
  });

  it('gives the code of its client to programs without a token and to pages of this machine, and nothing beside it', () => {
    const wheel = '/whorl-0.1.0-py3-none-any.whl';
    for (const url of ['/client.js', '/client.tgz', wheel, '/client/browser.js', '/client/start-run.js?a=1']) {
      expect(answer({ url }, TOKEN)).toBe('answer');
      expect(answer({ url, origin: 'http://localhost:5173' }, TOKEN)).toBe('answer');
      expect(answer({ url, origin: 'https://evil.example' }, TOKEN)).toBe(403);
      expect(answer({ url, host: 'evil.example' })).toBe(403);
      expect(answer({ url, method: 'POST' }, TOKEN)).toBe(401);
    }
    for (const url of [
      '/client',
      '/client/',
      '/client/node/entry.js',
      '/client/a.js.map',
      '/client%2ejs',
      '/whorl-0.1.0.whl',
      '/whorl-0.1.0/-py3-none-any.whl',
      '/client/%61.js',
    ])
      expect(answer({ url }, TOKEN)).toBe(401);
    for (const dots of ESCAPES) expect([401, 403]).toContain(answer({ url: `/client/${dots}/main.js` }, TOKEN));
  });

  it.each(['https://evil.example', 'null', 'http://127.0.0.1:5000', 'file://'])('refuses a page of %s', (origin) => {
    expect(answer({ origin })).toBe(403);
  });

  it('refuses an address whose % begins no character (Next.js answered it with a 500)', () => {
    for (const url of ['/%E0%A4%A', '/runs/%FF', '/zh/%']) expect(answer({ url })).toBe(403);
    expect(answer({ url: '/runs/%E4%B8%AD' })).toBe('answer');
  });

  it('bug: with a token, answers no one without it by the way of files (/_next/static/%2e%2e/ led to every procedure)', () => {
    for (const dots of ESCAPES) {
      for (const method of ['GET', 'POST']) {
        const url = `/_next/static/${dots}/${dots}/api/trpc/experiments.rename`;
        expect([401, 403], `${method} ${url}`).toContain(answer({ url, method }, TOKEN));
      }
    }
    expect(answer({ url: '/_next/static/chunks/a.js', method: 'POST' }, TOKEN)).toBe(401);
    expect(answer({ url: '/_next/static/chunks/%5Blocale%5D/a.js' }, TOKEN)).toBe('answer');
  });

  it('answers its own pages', () => {
    expect(answer({ origin: 'http://127.0.0.1:4000' })).toBe('answer');
  });

  it('with a token asks for it, on any host, but not for shares', () => {
    const host = 'lab.example:4000';
    expect(answer({ host }, TOKEN)).toBe(401);
    expect(answer({ host, authorization: `Bearer ${TOKEN}` }, TOKEN)).toBe('answer');
    expect(answer({ host, cookie: `a=b; whorl_token=${TOKEN}; whorl_session_4000=${TOKEN}` }, TOKEN)).toBe(401);
    expect(answer({ host, authorization: `Bearer ${TOKEN}x` }, TOKEN)).toBe(401);
    expect(answer({ host, url: `/s/${'a'.repeat(32)}` }, TOKEN)).toBe('answer');
    expect(decideApp(head({ host, url: `/runs/x?token=${TOKEN}&a=1` }), doorOf(TOKEN).door)).toMatchObject({
      kind: 'redirect',
      location: '/runs/x?a=1',
      cookie: expect.stringContaining('HttpOnly; SameSite=Strict'),
    });
    expect(answer({ host, url: '/?token=wrong' }, TOKEN)).toBe(401);
  });
});

describe('a browser that signs in', () => {
  const host = 'lab.example:4000';
  const DAY_MS = 24 * 3600 * 1000;
  const ask = (door: Door, over: Partial<RequestHead>) => decideApp(head({ host, ...over }), door);
  /** The cookie of a browser that opened the address with the token. */
  function signIn(door: Door): string {
    const verdict = ask(door, { url: `/?token=${TOKEN}` });
    if (verdict.kind !== 'redirect') throw new Error(`expected a redirect, got ${verdict.kind}`);
    return verdict.cookie.split(';')[0] ?? '';
  }

  it('bug: was given the token itself for a year; it is given a session of 30 days, named with the port', () => {
    const { door, home } = doorOf(TOKEN);
    const [one, other] = [signIn(door), signIn(door)];
    expect(one).toMatch(/^whorl_session_4000=[\w-]{43}$/);
    expect(one).not.toBe(other);
    expect(ask(door, { cookie: `a=b; ${one}` })).toEqual({ kind: 'answer' });
    expect(ask(door, { cookie: one.replace('4000', '4001') })).toMatchObject({ status: 401 });
    expect(ask(door, { cookie: `${one}x` })).toMatchObject({ status: 401 });
    expect(readdirSync(home)).toEqual(['sessions.json']);
    const kept = readFileSync(path.join(home, 'sessions.json'), 'utf8');
    expect(kept).not.toContain(one.split('=')[1]);
    expect(kept).not.toContain(TOKEN);
    expect(statSync(path.join(home, 'sessions.json')).mode & 0o77).toBe(0);
  });

  it('stays signed in while it comes back, over a restart too, and no longer than 30 days after', () => {
    const { door, home, clock } = doorOf(TOKEN);
    const cookie = signIn(door);
    clock.now += 20 * DAY_MS;
    expect(ask(door, { cookie })).toEqual({
      kind: 'answer',
      cookie: `${cookie}; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000`,
    });
    expect(ask(door, { cookie })).toEqual({ kind: 'answer' });
    const after = doorOf(TOKEN, home);
    after.clock.now = clock.now + 29 * DAY_MS;
    expect(ask(after.door, { cookie })).toMatchObject({ kind: 'answer' });
    after.clock.now += 31 * DAY_MS;
    expect(ask(after.door, { cookie })).toMatchObject({ status: 401 });
  });

  it('is signed out by its own word, and by another token', () => {
    const { door, home } = doorOf(TOKEN);
    const [one, other] = [signIn(door), signIn(door)];
    expect(ask(door, { url: '/sign-out', cookie: one })).toEqual({ kind: 'answer' }); // a link does nothing
    expect(ask(door, { url: '/sign-out', method: 'POST', cookie: one, origin: 'https://evil.example' })).toMatchObject({
      status: 403,
    });
    expect(ask(door, { url: '/sign-out', method: 'POST', cookie: one })).toEqual({
      kind: 'redirect',
      location: '/',
      cookie: 'whorl_session_4000=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0',
    });
    expect(ask(door, { cookie: one })).toMatchObject({ status: 401 });
    expect(ask(door, { cookie: other })).toEqual({ kind: 'answer' });
    expect(ask(doorOf(TOKEN, home).door, { cookie: one })).toMatchObject({ status: 401 });
    expect(ask(doorOf(`another ${TOKEN}`, home).door, { cookie: other })).toMatchObject({ status: 401 });
  });

  it('is kept by two servers of one record beside each other', () => {
    const { door, home } = doorOf(TOKEN);
    const second = doorOf(TOKEN, home, 5000).door;
    const one = signIn(door);
    const verdict = ask(second, { url: `/?token=${TOKEN}` });
    expect(ask(doorOf(TOKEN, home).door, { cookie: one })).toEqual({ kind: 'answer' });
    expect(verdict).toMatchObject({ cookie: expect.stringContaining('whorl_session_5000=') });
  });

  it('bug: tokens could be guessed as fast as they were sent', () => {
    const { door, clock } = doorOf(TOKEN);
    const guess = (token: string, address = '10.0.0.1') => ask(door, { url: `/?token=${token}`, address });
    for (let times = 1; times <= 2; times++) expect(guess(`wrong ${times}`)).toMatchObject({ status: 401 });
    const waits: number[] = [];
    for (let times = 3; times <= 11; times++) {
      expect(guess(`wrong ${times}`)).toMatchObject({ status: 401 });
      const right = guess(TOKEN); // who guesses right while it must wait is told nothing of it
      if (right.kind !== 'refuse') throw new Error(`expected a refusal, got ${right.kind}`);
      expect(right).toMatchObject({ status: 429, message: expect.stringContaining(`try again in ${right.waitS} s`) });
      waits.push(right.waitS ?? 0);
      clock.now += 1000 * (right.waitS ?? 0);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
    expect(guess('wrong')).toMatchObject({ status: 401 });
    expect(guess(TOKEN, '10.0.0.2'), 'another address').toMatchObject({ kind: 'redirect' });
    clock.now += 60_000;
    expect(guess(TOKEN)).toMatchObject({ kind: 'redirect' });
    expect(guess('wrong')).toMatchObject({ status: 401 });
    expect(guess(TOKEN), 'it began anew').toMatchObject({ kind: 'redirect' });
  });
});

describe('the share listener', () => {
  const status = (url: string, method = 'GET') => {
    const verdict = decideShare({ url, method });
    return verdict.kind === 'refuse' ? verdict.status : verdict.kind;
  };
  const share = `/s/${'a'.repeat(32)}`;

  it.each([
    share,
    `/zh${share}`,
    `${share}/runs/abc123`,
    `${share}/trpc/runs.get,curves.chart?batch=1`,
    // Bug: a page that asked for more than seven things at once got a 404 for them all.
    `${share}/trpc/${new Array(30).fill('comparison.layers').join(',')}?batch=1`,
    `${share}/artifacts/abc/12`,
    '/_next/static/chunks/a-b_c.js',
  ])('answers %s', (url) => {
    expect(status(url)).toBe('answer');
  });

  it.each([
    '/',
    '/concepts',
    '/api/trpc/runs.get',
    '/s',
    '/s/',
    `${share}/../../concepts`,
    `${share}%2f..%2f..`,
    `/${share}`,
    `http://x${share}`,
    '/_next/static/../../secret',
    '/_next/image?url=x',
    `${share}/other`,
    '\\s\\x',
    '/_next/static/%E0',
    // Bug: these are paths of files as they are read here, and something else to Next.js, which was given them.
    '/%5Fnext/static/x.js',
    '/_next/%73tatic/x.js',
    '/_next%2fstatic/x.js',
    '/%255Fnext/static/x.js',
    '/_next//static/x.js',
    '/_next\\static\\x.js',
    '/./_next/static/x.js',
    `/%73/${'a'.repeat(32)}`,
    `${share}/%72uns/abc`,
    `${share}/trpc/runs%2Eget`,
    `${share}//trpc/runs.get`,
    `${share}/trpc/runs.get/`,
    `https://127.0.0.1${share}`,
    `//127.0.0.1${share}`,
    '*',
    '',
    ...ESCAPES.map((dots) => `/_next/static/${dots}/${dots}/api/trpc/experiments.list`),
  ])('does not answer %s', (url) => {
    expect(status(url)).toBe(404);
  });

  it('does not answer what would change something', () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) expect(status(share, method)).toBe(404);
  });
});

describe('the settings', () => {
  it('listen on loopback unless told otherwise', () => {
    expect(parseSettings({ WHORL_HOME: '/x' })).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      shareHost: '127.0.0.1',
      sharePort: 4001,
      token: undefined,
    });
  });

  it('refuse to listen wider without a token', () => {
    expect(() => parseSettings({ WHORL_HOST: '0.0.0.0' })).toThrow(
      /WHORL_HOST is 0\.0\.0\.0, which other machines can reach: set WHORL_TOKEN/,
    );
    expect(() => parseSettings({ WHORL_HOST: '0.0.0.0', WHORL_TOKEN: 'short' })).toThrow(
      /WHORL_TOKEN: expected at least 16 characters/,
    );
    expect(parseSettings({ WHORL_HOST: '0.0.0.0', WHORL_TOKEN: TOKEN })).toMatchObject({
      host: '0.0.0.0',
      token: TOKEN,
    });
  });

  it.each([
    [{ WHORL_PORT: 'http' }, 'WHORL_PORT: expected a port number, got "http"'],
    [{ WHORL_PORT: '70000' }, 'at most 65535'],
    [{ WHORL_HOME: 'here' }, 'WHORL_HOME: expected the absolute path of a folder, got "here"'],
  ])('refuse %j', (env, message) => {
    expect(() => parseSettings(env)).toThrow(message);
  });
});
