import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../apps/web/dist/main.js', import.meta.url));

/** The built app, as `whorl serve` starts it, with a record of its own. */
export interface BuiltApp {
  readonly url: string;
  readonly home: string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

export async function startBuiltApp(
  env: Readonly<Record<string, string>> = {},
  home = mkdtempSync(path.join(tmpdir(), 'whorl-app-')),
): Promise<BuiltApp> {
  const child = fork(main, [], {
    env: { ...process.env, WHORL_HOME: home, WHORL_PORT: '0', WHORL_SHARE_PORT: '0', ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  return {
    url,
    home,
    process: child,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill();
        await once(child, 'exit');
      }
      rmSync(home, { recursive: true, force: true });
    },
  };
}
