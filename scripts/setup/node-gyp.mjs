// What building a native addon needs beside a compiler: npm's own node-gyp and the headers of this Node.

import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { command } from './command.mjs';
import { cacheFolder } from './places.mjs';

/** @returns {string} */
export function nodeGyp() {
  const places = [
    process.env.npm_execpath && path.join(path.dirname(process.env.npm_execpath), '..'),
    path.join(path.dirname(process.execPath), '..', 'lib', 'node_modules', 'npm'),
    path.join(path.dirname(process.execPath), 'node_modules', 'npm'),
  ];
  for (const npm of places) {
    const file = npm && path.join(npm, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
    if (file && existsSync(file)) return file;
  }
  throw new Error('npm carries no node-gyp: run set-up through npm (npm run setup)');
}

/** Whether `folder`/include/node holds the headers of the running Node's ABI. @param {string} folder */
function holdsHeaders(folder) {
  try {
    const text = readFileSync(path.join(folder, 'include', 'node', 'node_version.h'), 'utf8');
    return text.match(/define NODE_MAJOR_VERSION (\d+)/)?.[1] === process.versions.node.split('.')[0];
  } catch {
    return false;
  }
}

/** @returns {string | undefined} the folder whose include/node has this Node's headers, if one is on this machine */
function localHeaders() {
  const bin = path.dirname(process.execPath);
  const system = `node-${process.platform}-${process.arch}`;
  return [
    path.join(bin, '..'),
    path.join(bin, '..', '..', system),
    path.join(bin, '..', '..', '..', system),
    process.env.npm_config_nodedir,
    path.join(cacheFolder, `node-headers-${process.version}`),
  ].find((folder) => folder && holdsHeaders(folder));
}

/** @type {Promise<string> | undefined} */
let fetched;

/** The npm package of this Node carries its headers: for machines that reach a registry but not Node's own site. */
const headersFromRegistry = () => (fetched ??= fetchHeaders());

async function fetchHeaders() {
  const name = `node-${process.platform}-${process.arch}@${process.versions.node}`;
  const target = path.join(cacheFolder, `node-headers-${process.version}`);
  const work = `${target}.${process.pid}`;
  mkdirSync(work, { recursive: true });
  try {
    const npm = /** @type {string} */ (process.env.npm_execpath);
    const packed = await command(process.execPath, [npm, 'pack', name, '--silent', '--pack-destination', work]);
    const archive = path.join(work, /** @type {string} */ (packed.trim().split('\n').at(-1)));
    await command('tar', ['xzf', archive, '-C', work, '--strip-components=1', 'package/include']);
    rmSync(archive);
    renameSync(work, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return target;
}

/**
 * Calls `build` with the environment that points node-gyp at this Node's headers: those on the machine, else
 * whatever node-gyp fetches itself, else those in Node's npm package.
 * @param {(env: Record<string, string | undefined>) => Promise<unknown>} build
 */
export async function withHeaders(build) {
  const gyp = nodeGyp();
  /** @param {string | undefined} nodedir */
  const env = (nodedir) => ({ npm_config_nodedir: nodedir, npm_config_node_gyp: gyp });
  const local = localHeaders();
  if (local) return build(env(local));
  try {
    return await build(env(undefined));
  } catch (error) {
    const headers = await headersFromRegistry().catch(() => undefined);
    if (!headers) throw error;
    return build(env(headers));
  }
}
