// A Chromium for the end-to-end tests: one that is there, else Playwright's own, for which it names no hash, else Debian's
// package, which is signed.

import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { command } from './command.mjs';
import { words } from './language.mjs';
import { packageFolder, remember, remembered } from './places.mjs';
import { SetupError, step } from './terminal.mjs';

// What draws for no screen does so in five sixths of the time.
const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge',
];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function installed() {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const inPath = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [process.env.WHORL_BROWSER, ...inPath, MAC].find((file) => file && isExecutable(file));
}

async function playwrightsOwn() {
  const entry = pathToFileURL(path.join(packageFolder('playwright-core'), 'index.mjs')).href;
  const { chromium } = await import(entry);
  const file = chromium.executablePath();
  return existsSync(file) ? file : undefined;
}

/**
 * The browser's executable, installed where it is missing.
 * @returns {Promise<string>}
 * @throws SetupError that says how to get one
 */
export async function findBrowser() {
  const known = remembered().browser;
  if (known && isExecutable(known) && !process.env.WHORL_BROWSER) return known;
  let browser = installed() ?? (await playwrightsOwn());
  if (!browser) {
    await step(
      words(
        "browser for the tests (Playwright's own, which names no hash to check it by, else Debian's signed package)",
        '测试用的浏览器（Playwright 自带的，它没有可核对的哈希；否则用 Debian 的签名软件包）',
      ),
      async () => {
        const cli = path.join(packageFolder('playwright-core'), 'cli.js');
        await command(process.execPath, [cli, 'install', 'chromium-headless-shell', 'chromium'], {
          timeoutMs: 300_000,
        }).catch(() => {});
        browser = await playwrightsOwn();
        if (browser || process.platform !== 'linux' || process.getuid?.() !== 0) return;
        const env = { DEBIAN_FRONTEND: 'noninteractive' };
        await command('apt-get', ['update', '-q'], { env }).catch(() => {});
        for (const name of ['chromium-headless-shell', 'chromium']) {
          await command('apt-get', ['install', '-y', '-q', name, 'fonts-noto-cjk'], { env }).catch(() => {});
          browser = installed();
          if (browser) break;
        }
      },
    );
  }
  if (!browser) {
    throw new SetupError(
      [
        words(
          'The end-to-end tests need a Chromium, and none was found or could be installed. Any of these helps:',
          '端到端测试需要 Chromium，这里没有，也未能安装。下面任何一种方法都可以：',
        ),
        '  npx playwright install --with-deps chromium',
        `  apt-get install -y chromium          ${words('(Debian, Ubuntu; as root)', '（Debian、Ubuntu，以 root 运行）')}`,
        '  WHORL_BROWSER=/path/to/chrome npm test',
      ].join('\n'),
    );
  }
  remember({ browser });
  return browser;
}
