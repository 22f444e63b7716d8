import { describe, expect, it } from 'vitest';
import { startWith, temporaryFolder } from './cli.ts';

const ESCAPE = '\u001b';

/** What `whorl studies` (stdout) and an unknown study (stderr) print with these environment variables. */
async function printed(variables: Readonly<Record<string, string>>) {
  const { stdout } = await startWith(variables, temporaryFolder(), 'studies').ended;
  const { stderr } = await startWith(variables, temporaryFolder(), 'run', 'spirl').ended;
  expect(stdout).toContain('spiral');
  expect(stderr).toContain('spirl');
  return { stdout, stderr };
}

describe('colours', () => {
  it.each([{ CI: 'true' }, { CI: '1', GITHUB_ACTIONS: 'true', TERM: 'xterm-256color' }, { FORCE_COLOR: '0' }])(
    'stay off where the output is no terminal, in CI too: %o',
    async (variables) => {
      const { stdout, stderr } = await printed(variables);
      expect(stdout + stderr).not.toContain(ESCAPE);
      expect(stderr).toMatch(/^error /);
    },
  );

  it('come where FORCE_COLOR asks for them', async () => {
    const { stdout, stderr } = await printed({ FORCE_COLOR: '1' });
    expect(stdout).toContain(ESCAPE);
    expect(stderr).toContain(ESCAPE);
  });
});
