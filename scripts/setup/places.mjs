import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Folder for what is costly to fetch or build, shared by all checkouts of this person. */
export const cacheFolder =
  process.env.WHORL_CACHE ??
  path.join(
    process.env.XDG_CACHE_HOME ??
      (process.platform === 'darwin' ? path.join(homedir(), 'Library', 'Caches') : path.join(homedir(), '.cache')),
    'whorl',
  );

/** @param {string[]} parts */
export const inRoot = (...parts) => path.join(root, ...parts);

/** Folder of an installed package, wherever npm hoisted it. @param {string} name */
export function packageFolder(name) {
  const require = createRequire(inRoot('packages', 'store', 'package.json'));
  for (const folder of require.resolve.paths(name) ?? []) {
    if (existsSync(path.join(folder, name, 'package.json'))) return path.join(folder, name);
  }
  throw new Error(`${name} is not installed`);
}

/** @param {string} name */
export function packageVersion(name) {
  return JSON.parse(readFileSync(path.join(packageFolder(name), 'package.json'), 'utf8')).version;
}

/** @param {string | Buffer} content */
export const sha256 = (content) => createHash('sha256').update(content).digest('hex');

// What earlier set-ups did, so that the next one need not look closer. It lives in node_modules: who removes
// the dependencies removes the memory of having prepared them.
const memoryFile = inRoot('node_modules', '.whorl-setup.json');

/** @returns {Record<string, any>} */
export function remembered() {
  try {
    return JSON.parse(readFileSync(memoryFile, 'utf8'));
  } catch {
    return {};
  }
}

/** @param {Record<string, unknown>} facts */
export function remember(facts) {
  mkdirSync(path.dirname(memoryFile), { recursive: true });
  writeFileSync(memoryFile, `${JSON.stringify({ ...remembered(), ...facts }, null, 2)}\n`);
}
