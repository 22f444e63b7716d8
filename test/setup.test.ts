import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { language } from '../apps/runner/src/language.ts';

// Set-up runs before anything is built, so it decides its language in its own words: as the command line does.

const terminal = fileURLToPath(new URL('../scripts/setup/terminal.mjs', import.meta.url));
const names = ['WHORL_LANG', 'LC_ALL', 'LC_MESSAGES', 'LANG'] as const;

/** What a terminal of set-up shows of a step, in an environment of these variables only. */
function stepIn(variables: Record<string, string>): string {
  const env: NodeJS.ProcessEnv = { ...process.env, ...variables };
  for (const name of names) if (!(name in variables)) delete env[name];
  const program = `import(${JSON.stringify(terminal)}).then(({ step }) => step('x', async () => {}))`;
  return execFileSync('sh', ['-c', '"$0" -e "$1" 2>&1', process.execPath, program], { env, encoding: 'utf8' });
}

afterEach(() => vi.unstubAllEnvs());

describe('set-up speaks the language that the command line speaks', () => {
  it.each([
    [{ LC_ALL: 'zh_CN.UTF-8' }, '秒'],
    [{ LANG: 'zh_TW.UTF-8' }, '秒'],
    [{ LANG: 'en_US.UTF-8', LC_MESSAGES: 'zh_CN.UTF-8' }, '秒'],
    [{ LC_ALL: 'zh_CN.UTF-8', WHORL_LANG: 'en' }, 's'],
    [{ LC_ALL: 'C', WHORL_LANG: 'zh' }, '秒'],
    [{ LANG: 'en_US.UTF-8' }, 's'],
  ])('%j', (variables, unit) => {
    for (const name of names) vi.stubEnv(name, (variables as Record<string, string>)[name]);
    expect(language()).toBe(unit === '秒' ? 'zh' : 'en');
    expect(stepIn(variables)).toMatch(new RegExp(`✓ x \\d\\.\\d ${unit}\\n`));
  });
});
