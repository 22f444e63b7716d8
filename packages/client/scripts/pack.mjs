// Packs what was built into dist/client.tgz, which the web app serves for `npm install`.

import { execSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const cwd = fileURLToPath(new URL('..', import.meta.url));
const [{ filename }] = JSON.parse(
  execSync('npm pack --json --ignore-scripts --pack-destination dist', { cwd, stdio: ['ignore', 'pipe', 'ignore'] }),
);
renameSync(`${cwd}dist/${filename}`, `${cwd}dist/client.tgz`);
