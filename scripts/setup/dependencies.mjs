import { existsSync, readFileSync } from 'node:fs';
import { command } from './command.mjs';
import { words } from './language.mjs';
import { inRoot, remember, remembered, root, sha256 } from './places.mjs';
import { SetupError, step } from './terminal.mjs';

/** Installs from the lockfile when it is not the one that was installed. */
export async function installDependencies() {
  const lock = sha256(readFileSync(inRoot('package-lock.json')));
  if (existsSync(inRoot('node_modules')) && remembered().lock === lock) return;
  await step(words('dependencies from the lockfile', '安装依赖'), async () => {
    const npm = process.env.npm_execpath;
    const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
    try {
      await (npm ? command(process.execPath, [npm, ...args], { cwd: root }) : command('npm', args, { cwd: root }));
    } catch (error) {
      throw new SetupError(
        `${words('npm could not install the dependencies.', 'npm 未能安装依赖。')}\n${/** @type {Error} */ (error).message}`,
      );
    }
  });
  remember({ lock });
}
