import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AccessDecision } from '../process/access.ts';
import { guardedServer } from '../process/answer.ts';
import { signInPage } from '../process/sign-in-page.ts';

const NEEDED: AccessDecision = { kind: 'refuse', status: 401, message: 'A token is needed', signIn: 'needed' };

async function asked(verdict: AccessDecision, headers: Readonly<Record<string, string>>): Promise<Response> {
  const server = guardedServer(
    async () => {},
    () => verdict,
  ).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { headers });
}

describe('who does not know the token', () => {
  it('bug: gets a line of English without a field; a browser gets a page that asks for it, in its language', async () => {
    const page = await asked(NEEDED, { accept: 'text/html,*/*', 'accept-language': 'zh-CN,zh;q=0.9' });
    const html = await page.text();
    expect([page.status, page.headers.get('content-type'), page.headers.get('cache-control')]).toEqual([
      401,
      'text/html; charset=utf-8',
      'no-store',
    ]);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(html).toMatch(/<html lang="zh-Hans">[\s\S]*<form method="get">[\s\S]*name="token" type="password"/);
    expect(html).not.toContain('<script');
    const english = await asked(NEEDED, { accept: 'text/html', 'accept-language': 'en-GB,zh;q=0.5' });
    expect(await english.text()).toContain('This Whorl asks for its token');
  });

  it('gets the line where it is a program, and where no token would help', async () => {
    const line = await asked(NEEDED, { accept: 'application/json' });
    expect([await line.text(), line.headers.get('content-type')]).toEqual([
      'A token is needed\n',
      'text/plain; charset=utf-8',
    ]);
    const refused = await asked({ kind: 'refuse', status: 403, message: 'Refused' }, { accept: 'text/html' });
    expect(await refused.text()).toBe('Refused\n');
  });

  it('is told what was wrong, and how long to wait', () => {
    expect(signInPage('wrong', 'en')).toContain('<p role="alert">That is not the token.</p>');
    expect(signInPage({ waitS: 8 }, 'zh')).toContain('请 8 秒后再试');
    expect(signInPage('needed', undefined)).not.toContain('<p role="alert">');
  });
});
