import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { command } from './command.mjs';
import { nodeGyp, withHeaders } from './node-gyp.mjs';
import { cacheFolder, packageFolder, packageVersion, remember, remembered } from './places.mjs';
import { SetupError, step } from './terminal.mjs';

/** Copies `from` to `to` so that nobody ever sees half a file. @param {string} from @param {string} to */
export function copyWhole(from, to) {
  mkdirSync(path.dirname(to), { recursive: true });
  const part = `${to}.${process.pid}`;
  copyFileSync(from, part);
  renameSync(part, to);
}

/** Makes better-sqlite3 loadable: from the cache, its own prebuilt download, or its source. */
export async function prepareSqliteDriver() {
  const version = packageVersion('better-sqlite3');
  const key = `better-sqlite3-${version}-abi${process.versions.modules}-${process.platform}-${process.arch}`;
  const folder = packageFolder('better-sqlite3');
  const built = path.join(folder, 'build', 'Release', 'better_sqlite3.node');
  if (remembered().sqliteDriver === key && existsSync(built)) return;

  const cached = path.join(cacheFolder, key, 'better_sqlite3.node');
  const loads = () =>
    command(process.execPath, ['-e', `new (require(${JSON.stringify(folder)}))(':memory:').prepare('select 1').get()`]);

  if (existsSync(cached)) {
    copyWhole(cached, built);
    if (
      await loads().then(
        () => true,
        () => false,
      )
    )
      return remember({ sqliteDriver: key });
  }
  await step('SQLite driver (better-sqlite3; built from source where no binary is offered, about 1 min)', async () => {
    try {
      const download = path.join(packageFolder('prebuild-install'), 'bin.js');
      await command(process.execPath, [download], { cwd: folder, timeoutMs: 60_000 }).then(loads);
    } catch {
      try {
        await withHeaders((env) =>
          command(process.execPath, [nodeGyp(), 'rebuild', '--release'], { cwd: folder, env }),
        );
        await loads();
      } catch (error) {
        throw new SetupError(
          [
            'The SQLite driver (better-sqlite3) could be neither downloaded nor built.',
            'Building needs Python 3, make and a C++ compiler. Install them, then run the command again:',
            '  Debian, Ubuntu:  apt-get install -y python3 make g++',
            '  Fedora:          dnf install -y python3 make gcc-c++',
            '  macOS:           xcode-select --install',
            `The last lines of the build:\n${lastLines(/** @type {Error} */ (error).message)}`,
          ].join('\n'),
        );
      }
    }
    copyWhole(built, cached);
  });
  remember({ sqliteDriver: key });
}

/** @param {string} text */
const lastLines = (text) =>
  text
    .trim()
    .split('\n')
    .slice(-6)
    .map((line) => `  ${line}`)
    .join('\n');
