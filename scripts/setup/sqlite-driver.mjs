// better-sqlite3 13 carries binaries for every common platform in its package and needs Node 22; Node 20 gets
// version 12, built here, under the same name. Version 12 is no choice for Node 24: since 24.19 it aborts the
// process when its objects are collected (docs/decisions/0004-sqlite-driver.md).

import { existsSync, lstatSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { command } from './command.mjs';
import { copyWhole } from './copy.mjs';
import { words } from './language.mjs';
import { nodeGyp, withHeaders } from './node-gyp.mjs';
import { cacheFolder, inRoot, packageFolder, packageVersion, remember, remembered } from './places.mjs';
import { SetupError, step } from './terminal.mjs';

const FOR_NODE_20 = 'better-sqlite3-node20';
const place = inRoot('node_modules', 'better-sqlite3');
const putAside = inRoot('node_modules', '.better-sqlite3-13');

/** Makes `better-sqlite3` loadable for the Node that runs. */
export async function prepareSqliteDriver() {
  const isNode20 = Number(process.versions.node.split('.')[0]) < 22;
  const version = isNode20 ? packageVersion(FOR_NODE_20) : 'own';
  const key = `better-sqlite3-${version}-abi${process.versions.modules}-${process.platform}-${process.arch}`;
  const linked = lstatSync(place).isSymbolicLink();
  if (remembered().sqliteDriver === key && linked === isNode20) return;
  // What else runs meanwhile finds one of both under the name: first the place, then what takes a minute.
  if (isNode20 && !linked) {
    rmSync(putAside, { recursive: true, force: true });
    renameSync(place, putAside);
    symlinkSync(FOR_NODE_20, place, 'dir');
  }
  if (isNode20) await prepareVersion12(key);
  else if (linked) {
    rmSync(place);
    renameSync(putAside, place);
  }
  if (!isNode20)
    await ensureLoads(
      place,
      words(
        'SQLite driver (built from source: no binary for this platform)',
        'SQLite 驱动（这个平台没有现成的，从源码编译）',
      ),
    );
  remember({ sqliteDriver: key });
}

/** @param {string} folder */
const loads = (folder) =>
  command(process.execPath, [
    '-e',
    `new (require(${JSON.stringify(folder)}))(':memory:').prepare('select 1').get()`,
  ]).then(
    () => true,
    () => false,
  );

/** @param {string} key */
async function prepareVersion12(key) {
  const folder = packageFolder(FOR_NODE_20);
  const built = path.join(folder, 'build', 'Release', 'better_sqlite3.node');
  const cached = path.join(cacheFolder, key, 'better_sqlite3.node');
  if (existsSync(cached)) copyWhole(cached, built);
  await ensureLoads(
    folder,
    words(
      'SQLite driver for Node 20 (built from source, about 1 min)',
      '用于 Node 20 的 SQLite 驱动（从源码编译，约 1 分钟）',
    ),
  );
  copyWhole(built, cached);
}

/**
 * Leaves a driver that loads in `folder`: what is there, else built from source. The binary that the package's own script
 * would fetch has no hash to know it by.
 * @param {string} folder
 * @param {string} label
 */
async function ensureLoads(folder, label) {
  if (await loads(folder)) return;
  await step(label, async () => {
    let output = words('it was built, but does not load', '已编译，但无法加载');
    try {
      const build = [nodeGyp(), 'rebuild', '--release', '--force_build=1'];
      await withHeaders((env) => command(process.execPath, build, { cwd: folder, env }));
      if (await loads(folder)) return;
    } catch (error) {
      output = /** @type {Error} */ (error).message;
    }
    throw new SetupError(
      [
        words(
          'The SQLite driver (better-sqlite3) could not be built.\nBuilding needs Python 3, make and a C++ compiler. Install them, then run the command again:',
          'SQLite 驱动（better-sqlite3）未能编译。\n编译需要 Python 3、make 和 C++ 编译器。请安装它们，然后重新运行这条命令：',
        ),
        '  Debian, Ubuntu:  apt-get install -y python3 make g++',
        '  Fedora:          dnf install -y python3 make gcc-c++',
        '  macOS:           xcode-select --install',
        words(
          'Or use Node 22 or newer, for which the driver comes ready-made.',
          '或者使用 Node 22 或更新的版本，它们有现成的驱动。',
        ),
        `${words('The build ended with:', '编译的最后几行：')}\n${lastLines(output)}`,
      ].join('\n'),
    );
  });
}

/** @param {string} text */
const lastLines = (text) =>
  text
    .trim()
    .split('\n')
    .filter((line) => !/gyp ERR! (System|command|cwd|node|not ok)|^gyp info/.test(line))
    .slice(-5)
    .map((line) => `  ${line}`)
    .join('\n');
