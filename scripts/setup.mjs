// Everything that a checkout needs before it can run: called by `npm start` and `npm test`, or by hand. The native engine
// is no part of that: it is there where it was asked for (--native), or `npm start` had time for it (native-later.mjs).
// Plain Node, no dependencies: it runs before there are any. Each step first asks whether there is anything to do.

import { pathToFileURL } from 'node:url';
import { words } from './setup/language.mjs';

const REQUIRED = [20, 19];

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > REQUIRED[0] || (major === REQUIRED[0] && minor >= REQUIRED[1])) return;
  const needed = REQUIRED.join('.');
  const here = process.versions.node;
  console.error(
    words(
      `Whorl needs Node ${needed} or newer; this is ${here} (${process.execPath}).\nInstall a current Node (20, 22 or 24), then run the command again.`,
      `Whorl 需要 Node ${needed} 或更新的版本，现在用的是 ${here}（${process.execPath}）。\n请安装新的 Node（20、22 或 24），然后重新运行这条命令。`,
    ),
  );
  process.exit(2);
}

/** @param {import('./setup/native-engine.mjs').Wish} [native] */
export async function setUp(native = 'kept') {
  checkNode();
  // Said by tests: what they run from must not be built anew below them.
  if (process.env.WHORL_SET_UP === 'done') return;
  // Imported only now: an older Node must get the message above, not a syntax error.
  const { installDependencies } = await import('./setup/dependencies.mjs');
  const { prepareSqliteDriver } = await import('./setup/sqlite-driver.mjs');
  const { prepareNativeEngine } = await import('./setup/native-engine.mjs');
  const { build } = await import('./setup/build.mjs');
  const { SetupError, say } = await import('./setup/terminal.mjs');
  const started = Date.now();
  try {
    await installDependencies();
    // None needs another, and the driver is one large file for the compiler. What fails is told when all have ended.
    const steps = await Promise.allSettled([prepareSqliteDriver(), prepareNativeEngine(native), build()]);
    for (const result of steps) if (result.status === 'rejected') throw result.reason;
  } catch (error) {
    say(
      error instanceof SetupError
        ? `\n${error.message}`
        : `\n${words('Set-up failed.', '准备工作失败。')}\n${/** @type {Error} */ (error).stack}`,
    );
    process.exit(1);
  }
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  say(words(`  ready in ${seconds} s`, `  准备完毕，用时 ${seconds} 秒`));
}

/** @type {Record<string, import('./setup/native-engine.mjs').Wish>} */
const WISHES = { '--native': 'asked', '--no-native': 'never' };

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [option = '', ...more] = process.argv.slice(2);
  if ((option !== '' && !(option in WISHES)) || more.length > 0) {
    const [came, allowed] = [[option, ...more].join(' '), Object.keys(WISHES).join(', ')];
    console.error(
      words(
        `npm run setup: expected nothing or one of ${allowed}, got "${came}"`,
        `npm run setup：这里可以什么都不写，或者写 ${allowed} 之一，而不是“${came}”`,
      ),
    );
    process.exit(2);
  }
  await setUp(WISHES[option]);
}
