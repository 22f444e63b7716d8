// The native engine: @tensorflow/tfjs-node with TensorFlow's C library. The package's own download answers 403
// since August 2026 (tensorflow/tfjs #8742) and names no hash, so the library comes from TensorFlow's Python wheel, whose
// bytes are known, and the addon is built here. Both stay in the cache folder; a second checkout links instead of downloading.

import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { command } from './command.mjs';
import { copyWhole } from './copy.mjs';
import { words } from './language.mjs';
import { withHeaders } from './node-gyp.mjs';
import { cacheFolder, packageFolder, packageVersion, remember, remembered } from './places.mjs';
import { say, step } from './terminal.mjs';
import { mustBe, TENSORFLOW } from './verified.mjs';

const NAPI = 8;
const RETRY_AFTER_MS = 24 * 3600 * 1000;

/** Why the native engine cannot be had here; shown as one line. */
class Unavailable extends Error {}

/**
 * asked: at once, whatever came before. wanted: unless it was refused, or failed within the last day. kept: what was there
 * stays there, for another Node too. never: it is taken away, and not wanted again.
 * @typedef {'asked' | 'wanted' | 'kept' | 'never'} Wish
 */

/** Makes the native engine loadable, or says in one line why training does without. @param {Wish} wish */
export async function prepareNativeEngine(wish) {
  const folder = packageFolder('@tensorflow/tfjs-node');
  const binding = path.join(folder, 'lib', `napi-v${NAPI}`, 'tfjs_binding.node');
  const before = remembered().nativeEngine;
  if (wish === 'never') {
    rmSync(binding, { force: true });
    remember({ nativeEngine: { never: true } });
    return;
  }
  if (wish === 'kept' && !before?.ready) return;
  if (wish === 'wanted' && before?.never) return;
  const platform = `${process.platform}-${process.arch}`;
  const known = TENSORFLOW[platform];
  const key = `tfjs-node-${packageVersion('@tensorflow/tfjs-node')}-tensorflow-${known?.version}-napi${NAPI}-${platform}`;

  if (before?.key === key && before.ready && existsSync(binding) && existsSync(path.join(folder, 'deps', 'lib')))
    return;
  if (wish === 'wanted' && before?.key === key && Date.now() - before.at < RETRY_AFTER_MS)
    return explain(before.reason);
  if (wish === 'wanted' && !known) return;
  try {
    if (!known) {
      throw new Unavailable(
        words(`no TensorFlow library is prepared for ${platform}`, `没有为 ${platform} 准备的 TensorFlow 库`),
      );
    }
    await fromPythonWheel(folder, binding, key, known);
    remember({ nativeEngine: { key, ready: true } });
  } catch (error) {
    rmSync(binding, { force: true });
    const reason =
      error instanceof Unavailable ? error.message : /** @type {Error} */ (error).message.trim().split('\n').at(-1);
    remember({ nativeEngine: { key, ready: false, reason, at: Date.now() } });
    explain(reason);
  }
}

/** @param {string | undefined} reason */
function explain(reason) {
  say(
    words(
      `  ! native engine not available (${reason}): training does without; npm run setup -- --native tries again`,
      `  ! native 引擎不可用（${reason}）：训练不用它；npm run setup -- --native 会再试一次`,
    ),
  );
}

/** @param {string} binding */
const loads = (binding) =>
  command(process.execPath, ['-e', `require(${JSON.stringify(binding)})`], { env: { TF_CPP_MIN_LOG_LEVEL: '3' } });

/** @typedef {typeof TENSORFLOW[string]} Known */

/** @param {string} folder @param {string} binding @param {string} key @param {Known} known */
async function fromPythonWheel(folder, binding, key, known) {
  const library = path.join(cacheFolder, `tensorflow-${known.version}-${process.platform}-${process.arch}`);
  if (!existsSync(library)) {
    await step(
      words(
        `native engine: TensorFlow ${known.version}, 274 MB, once per machine`,
        `native 引擎：TensorFlow ${known.version}，274 MB，每台机器只下载一次`,
      ),
      () => fetchLibrary(library, known),
    );
  }
  await checkLibraries(library, known);
  rmSync(path.join(folder, 'deps'), { recursive: true, force: true });
  symlinkSync(library, path.join(folder, 'deps'), 'dir');

  const cached = path.join(cacheFolder, key, 'tfjs_binding.node');
  if (existsSync(cached)) {
    copyWhole(cached, binding);
    if (
      await loads(binding).then(
        () => true,
        () => false,
      )
    )
      return;
  }
  await step(words('native engine: addon for this Node', 'native 引擎：为当前的 Node 编译插件'), async () => {
    const prebuilt = path.join(packageFolder('@mapbox/node-pre-gyp'), 'bin', 'node-pre-gyp');
    try {
      await withHeaders((env) =>
        command(process.execPath, [prebuilt, 'install', '--build-from-source'], { cwd: folder, env }),
      );
    } catch (error) {
      const output = /** @type {Error} */ (error).message;
      throw new Unavailable(
        /not found: make|g\+\+: (not found|No such file)|c\+\+: not found|Could not find any Python|ENOENT/.test(output)
          ? words('building its addon needs python3, make and g++', '编译插件需要 python3、make 和 g++')
          : words('its addon did not build with the compiler here', '插件未能用这里的编译器编译'),
      );
    }
    await loads(binding);
    copyWhole(binding, cached);
  });
}

/**
 * Of a cache that another set-up filled, too, no other byte is loaded.
 * @param {string} library @param {Known} known @throws WrongBytes
 */
export async function checkLibraries(library, { libraries }) {
  try {
    for (const [name, sha256] of Object.entries(libraries)) await mustBe(path.join(library, 'lib', name), sha256);
  } catch (error) {
    rmSync(library, { recursive: true, force: true }); // a part of it is worth nothing
    throw error;
  }
}

/** Removes what set-ups that were killed had fetched of it. @param {string} target */
function removeLeft(target) {
  const folder = path.dirname(target);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const pid = new RegExp(`^${path.basename(target)}\\.(\\d+)$`).exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Fetches TensorFlow's wheel and keeps of it the C library and the headers.
 * @param {string} target @param {Known} known @throws WrongBytes
 */
async function fetchLibrary(target, { version, wheelPlatform, wheel: sha256 }) {
  removeLeft(target);
  const work = `${target}.${process.pid}`;
  mkdirSync(work, { recursive: true });
  try {
    const python = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--no-cache-dir', '--disable-pip-version-check'];
    // The wheel is only unpacked, never imported, so it need not fit the Python that is here.
    const anyPython = ['--only-binary=:all:', '--python-version', '3.11', '--platform', wheelPlatform];
    try {
      await command('python3', [...python, ...anyPython, `tensorflow-cpu==${version}`, '-d', work]);
    } catch (error) {
      const output = /** @type {Error} */ (error).message;
      throw new Unavailable(
        /ENOENT/.test(output)
          ? words('python3 is not installed', '没有安装 python3')
          : /No module named pip/.test(output)
            ? words('python3 has no pip', 'python3 没有 pip')
            : words(`pip could not fetch tensorflow-cpu ${version}`, `pip 未能下载 tensorflow-cpu ${version}`),
      );
    }
    const wheel = readdirSync(work).find((name) => name.endsWith('.whl'));
    if (!wheel)
      throw new Unavailable(
        words(`pip fetched no wheel of tensorflow-cpu ${version}`, `pip 没有下载到 tensorflow-cpu ${version} 的 wheel`),
      );
    await mustBe(path.join(work, wheel), sha256);
    await command('python3', ['-c', UNPACK, path.join(work, wheel), work]);
    rmSync(path.join(work, wheel));
    const lib = path.join(work, 'lib');
    symlinkSync('libtensorflow_cc.so.2', path.join(lib, 'libtensorflow.so'));
    symlinkSync('libtensorflow_cc.so.2', path.join(lib, 'libtensorflow.so.2'));
    symlinkSync('libtensorflow_framework.so.2', path.join(lib, 'libtensorflow_framework.so'));
    try {
      renameSync(work, target);
    } catch (error) {
      if (!existsSync(target)) throw error; // another set-up was first: its copy serves
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const UNPACK = `
import os, shutil, sys, zipfile
wheel, target = sys.argv[1:]
libraries = {'tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2'}
headers = tuple('tensorflow/include/' + part for part in ('tensorflow/c/', 'tensorflow/core/platform/', 'tsl/', 'xla/tsl/'))
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if name in libraries: out = os.path.join(target, 'lib', os.path.basename(name))
        elif name.startswith(headers) and not name.endswith('/'): out = os.path.join(target, 'include', name[len('tensorflow/include/'):])
        else: continue
        os.makedirs(os.path.dirname(out), exist_ok=True)
        with archive.open(name) as source, open(out, 'wb') as file: shutil.copyfileobj(source, file)
`;
