// Writes the migration that leads from the existing ones to prisma/schema.prisma: npm run migration -- NAME

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pendingSql } from '../dist/index.js';

const [name] = process.argv.slice(2);
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error(
    `name: expected lower-case letters, digits and _, got ${JSON.stringify(name ?? '')}; for example npm run migration -- add_user`,
  );
  process.exit(2);
}
const sql = await pendingSql();
if (sql === '') {
  console.log('prisma/schema.prisma holds nothing that the migrations do not have.');
  process.exit(0);
}
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
const migrations = fileURLToPath(new URL('../../../prisma/migrations/', import.meta.url));
const file = path.join(migrations, `${stamp}_${name}`, 'migration.sql');
mkdirSync(path.dirname(file), { recursive: true });
writeFileSync(file, sql);
writeFileSync(path.join(migrations, 'migration_lock.toml'), 'provider = "sqlite"\n');
console.log(`wrote ${path.relative(process.cwd(), file)}`);
