import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Set-up's script, relative to `dist`, where the built runner is. */
const SCRIPT = fileURLToPath(new URL('../../../scripts/native-later.mjs', import.meta.url));

/**
 * Has the native engine fetched and built in the background, where there is one for this machine and nobody refused it.
 * @returns ends it
 */
export function prepareNativeLater(): () => void {
  // Said by tests: what they run from must not be built anew below them.
  if (process.env.WHORL_SET_UP === 'done' || !existsSync(SCRIPT)) return () => {};
  const child = spawn(process.execPath, [SCRIPT], {
    detached: true, // in a process group of its own, with those that it starts
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  child.on('error', () => {}); // training does without
  return () => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    try {
      process.kill(-child.pid, 'SIGTERM');
    } catch {
      // It ended meanwhile.
    }
  };
}
