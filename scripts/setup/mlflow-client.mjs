import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { command } from './command.mjs';
import { FETCHING_MS, madeOnce } from './made-once.mjs';
import { cacheFolder } from './places.mjs';

/** The version of MLflow's client that tests speak with. */
export const PINNED_MLFLOW = '3.17.2';
/** What it logs for by itself or logs by it, and what it needs for that. */
const BESIDE = ['scikit-learn', 'pandas', 'transformers'];
const DAY_MS = 24 * 3600_000;

const folder = path.join(cacheFolder, 'python');

/**
 * The Python that has MLflow's client, installed once a machine.
 * @returns {Promise<string>}
 * @throws Error saying what to install, where there is no Python
 */
export const mlflowPython = () => installed(`mlflow-skinny==${PINNED_MLFLOW}`, ...BESIDE);

/**
 * A Python that has the newest client of MLflow that pip can install here; null where that is the one of `mlflowPython`. Which
 * one it is, is asked once a day. Without a network it is the one that was known last.
 * @returns {Promise<{ version: string, python: string } | null>}
 */
export async function newestMlflowPython() {
  const version = await newestVersion(await mlflowPython());
  return version === PINNED_MLFLOW ? null : { version, python: await installed(`mlflow-skinny==${version}`) };
}

/** @param {string} python */
async function newestVersion(python) {
  const file = path.join(folder, 'newest-mlflow-skinny');
  const known = existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
  if (known !== null && Date.now() - statSync(file).mtimeMs < DAY_MS) return known;
  try {
    const said = await command(python, ['-m', 'pip', 'index', 'versions', 'mlflow-skinny'], { timeoutMs: 60_000 });
    const [, version] = /^mlflow-skinny \(([\w.]+)\)$/m.exec(said) ?? [];
    if (version === undefined) throw new Error(`pip index says of no version of mlflow-skinny:\n${said}`);
    writeFileSync(file, `${version}\n`);
    return version;
  } catch (error) {
    if (known !== null) return known;
    throw error;
  }
}

/**
 * The Python of an environment of its own with these packages.
 * @param {string[]} packages
 * @returns {Promise<string>}
 */
async function installed(...packages) {
  const place = path.join(folder, packages.join('-').replace('==', '-'));
  const python = path.join(place, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  await madeOnce(place, async () => {
    await command('python3', ['-m', 'venv', place]).catch((error) => {
      throw new Error(
        `The tests of MLflow's protocol need Python 3.10 or newer with venv (on Debian: apt install python3 python3-venv)\n${error.message}`,
      );
    });
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages];
    await command(python, pip, { timeoutMs: FETCHING_MS });
  });
  return python;
}
