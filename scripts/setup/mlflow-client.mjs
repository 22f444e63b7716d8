import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { command } from './command.mjs';
import { cacheFolder } from './places.mjs';

/** The version of MLflow's client that tests speak with. */
const VERSION = '3.17.2';
/** What it logs for by itself, and what it needs for that. */
const BESIDE = ['scikit-learn', 'pandas'];
const FETCHING_MS = 400_000;

/**
 * The Python that has MLflow's client, installed once a machine. A second process that finds it half made waits for it.
 * @returns {Promise<string>}
 * @throws Error saying what to install, where there is no Python
 */
export async function mlflowPython() {
  const folder = path.join(cacheFolder, 'python', `mlflow-skinny-${VERSION}-${BESIDE.join('-')}`);
  const python = path.join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const whole = path.join(folder, 'whole');
  if (existsSync(whole)) return python;
  mkdirSync(path.dirname(folder), { recursive: true });
  const lock = `${folder}.lock`;
  try {
    mkdirSync(lock);
  } catch {
    const until = Date.now() + FETCHING_MS;
    while (existsSync(lock) && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 500));
    if (existsSync(whole)) return python;
    throw new Error(`${lock} is left of a set-up that did not end: delete it, and try again`);
  }
  try {
    rmSync(folder, { recursive: true, force: true });
    await command('python3', ['-m', 'venv', folder]).catch((error) => {
      throw new Error(
        `The tests of MLflow's protocol need Python 3.10 or newer with venv (on Debian: apt install python3 python3-venv)\n${error.message}`,
      );
    });
    const pip = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      `mlflow-skinny==${VERSION}`,
      ...BESIDE,
    ];
    await command(python, pip, { timeoutMs: FETCHING_MS });
    mkdirSync(whole);
    return python;
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}
