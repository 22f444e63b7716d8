import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { command } from './command.mjs';
import { words } from './language.mjs';
import { inRoot, packageFolder, remember, remembered, root, sha256 } from './places.mjs';
import { SetupError, step } from './terminal.mjs';

export const quiet = { NEXT_TELEMETRY_DISABLED: '1', TURBO_TELEMETRY_DISABLED: '1', CHECKPOINT_DISABLE: '1' };

const SOURCES = [
  'packages',
  'apps',
  'prisma',
  'prisma.config.ts',
  'package-lock.json',
  'tsconfig.base.json',
  'turbo.json',
];
const NOT_SOURCES = new Set(['node_modules', 'dist', '.next', '.turbo', 'generated', 'test', '.whorl']);

/** A fingerprint of every source file's path, size and time: turbo alone takes a second to find nothing to do. */
function fingerprint() {
  /** @type {string[]} */
  const lines = [];
  /** @param {string} name */
  const visit = (name) => {
    const stat = statSync(inRoot(name));
    if (stat.isDirectory()) {
      for (const child of readdirSync(inRoot(name)).sort()) if (!NOT_SOURCES.has(child)) visit(path.join(name, child));
    } else lines.push(`${name} ${stat.size} ${stat.mtimeMs}`);
  };
  for (const source of SOURCES) visit(source);
  return sha256(lines.join('\n'));
}

/** Generates the Prisma client and builds the packages and the apps, whatever changed since the last time. */
export async function build() {
  const sources = fingerprint();
  const outputs = ['packages/core/dist', 'packages/store/dist', 'apps/runner/dist', 'apps/web/.next/BUILD_ID'];
  if (remembered().sources === sources && outputs.every((file) => exists(file))) return;
  await step(words('build', '构建'), async () => {
    const turbo = path.join(
      packageFolder('turbo'),
      JSON.parse(readFileSync(path.join(packageFolder('turbo'), 'package.json'), 'utf8')).bin.turbo,
    );
    try {
      await command(process.execPath, [turbo, 'run', 'build', '--output-logs=errors-only', '--ui=stream'], {
        cwd: root,
        env: quiet,
      });
    } catch (error) {
      throw new SetupError(`${words('The build failed.', '构建失败。')}\n${/** @type {Error} */ (error).message}`);
    }
  });
  remember({ sources: fingerprint() });
}

/** @param {string} file */
function exists(file) {
  try {
    statSync(inRoot(file));
    return true;
  } catch {
    return false;
  }
}
