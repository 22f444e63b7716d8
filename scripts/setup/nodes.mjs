import path from 'node:path';
import { command } from './command.mjs';
import { FETCHING_MS, madeOnce } from './made-once.mjs';
import { cacheFolder } from './places.mjs';

/** A version of each Node that Whorl runs in. */
export const NODES = ['20.20.2', '22.23.3', '24.21.0'];

/** @param {string} version */
const majorOf = (version) => version.split('.')[0];

/**
 * The executable of a version of Node, fetched by npm once a machine; of the major version that runs this it is the one
 * that does.
 * @param {string} version one of {@link NODES}
 * @returns {Promise<string>}
 * @throws Error saying what is missing
 */
export async function nodeOf(version) {
  if (majorOf(version) === majorOf(process.versions.node)) return process.execPath;
  const place = path.join(cacheFolder, `node-${version}`);
  const node = path.join(place, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  await madeOnce(place, async () => {
    const npm = process.env.npm_execpath;
    // Its script chooses the package of this platform.
    const args = ['install', '--prefix', place, '--ignore-scripts=false', '--no-audit', '--no-fund', `node@${version}`];
    try {
      await (npm
        ? command(process.execPath, [npm, ...args], { timeoutMs: FETCHING_MS })
        : command('npm', args, { timeoutMs: FETCHING_MS }));
      await command(node, ['--version']);
    } catch (error) {
      const reason = /** @type {Error} */ (error).message;
      throw new Error(
        `The tests that compare versions of Node need Node ${version}, which npm could not install\n${reason}`,
      );
    }
  });
  return node;
}
