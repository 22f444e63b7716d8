// `prisma generate` downloads a binary that it never runs, unless it is told that there is one: any executable does.

import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const prisma = createRequire(import.meta.url).resolve('prisma/package.json');
const { status } = spawnSync(
  process.execPath,
  [path.join(path.dirname(prisma), 'build', 'index.js'), 'generate', '--config', 'prisma.config.ts'],
  {
    cwd: fileURLToPath(new URL('../../../', import.meta.url)),
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
    stdio: 'inherit',
  },
);
process.exit(status ?? 1);
