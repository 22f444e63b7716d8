import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';

// Prisma's schema engine as WebAssembly: the engine of the binary that `prisma migrate` downloads. It keeps the same
// table `_prisma_migrations`, so `prisma migrate deploy` still works for those who have the binary.

type SchemaEngine = import('@prisma/schema-engine-wasm').SchemaEngine;
type SchemaFile = { path: string; content: string };

const prismaFolder = fileURLToPath(new URL('../../../prisma/', import.meta.url));
const migrationsFolder = path.join(prismaFolder, 'migrations');
const noFilters = { externalTables: [], externalEnums: [] };

/** The names of this version's migrations, oldest first. */
export async function migrationNames(): Promise<string[]> {
  const entries = await readdir(migrationsFolder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function migrationList() {
  const names = await migrationNames();
  const lockfile = path.join(migrationsFolder, 'migration_lock.toml');
  return {
    baseDir: migrationsFolder,
    lockfile: { path: lockfile, content: await readFile(lockfile, 'utf8').catch(() => null) },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: {
            tag: 'ok' as const,
            value: await readFile(path.join(migrationsFolder, name, 'migration.sql'), 'utf8'),
          },
        },
      })),
    ),
  };
}

// Node has it, but the types of Node 20 do not declare it.
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: {
    Module: new (bytes: Uint8Array) => object;
    Instance: new (module: object, imports: object) => { exports: Record<string, unknown> };
  };
};

/**
 * The driver adapter as the schema engine expects it: the engine passes whole scripts to `executeRaw`, which
 * better-sqlite3 refuses ("contains more than one statement"), so a query without arguments is run as a script.
 */
function scripted(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const { executeRaw } = adapter;
  adapter.executeRaw = async (query) => {
    if (query.args.length > 0) return executeRaw.call(adapter, query);
    await adapter.executeScript(query.sql);
    return 0;
  };
  return adapter;
}

type Glue = typeof import('@prisma/schema-engine-wasm/schema_engine_bg');
let loading: Promise<Glue> | undefined;

/**
 * The engine's module, started once in a process: its glue holds one WebAssembly instance, and a second one breaks it.
 */
async function loadGlue(): Promise<Glue> {
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const folder = path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  const module = new WebAssembly.Module(readFileSync(path.join(folder, 'schema_engine_bg.wasm')));
  const instance = new WebAssembly.Instance(module, { './schema_engine_bg.js': glue });
  (glue as unknown as { __wbg_set_wasm: (exports: unknown) => void }).__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return glue;
}

/** Calls `work` with Prisma's schema engine on the database at `url`, and closes every connection it opened. */
async function withEngine<T>(
  url: string,
  work: (engine: SchemaEngine, schema: SchemaFile, opened: readonly SqlDriverAdapter[]) => Promise<T>,
): Promise<T> {
  loading ??= loadGlue();
  const glue = await loading;
  const { PrismaBetterSqlite3 } = await import('@prisma/adapter-better-sqlite3');
  const { bindMigrationAwareSqlAdapterFactory } = await import('@prisma/driver-adapter-utils');
  const opened: SqlDriverAdapter[] = [];
  const factory = new PrismaBetterSqlite3({ url, timeout: 30_000 });
  const track = async (connection: Promise<SqlDriverAdapter>) => {
    const adapter = scripted(await connection);
    opened.push(adapter);
    return adapter;
  };
  const bound = bindMigrationAwareSqlAdapterFactory({
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: () => track(factory.connect()),
    connectToShadowDb: () => track(factory.connectToShadowDb()),
  });
  const schema = { path: path.join(prismaFolder, 'schema.prisma'), content: '' };
  schema.content = await readFile(schema.path, 'utf8');
  const datamodels: [string, string][] = [[schema.path, schema.content]];
  try {
    return await work(await glue.SchemaEngine.new({ datamodels }, () => {}, bound), schema, opened);
  } finally {
    for (const adapter of opened) await adapter.dispose().catch(() => {}); // it may have closed its own adapter already
  }
}

/**
 * Applies the migrations that the database at `url` lacks: all of them, or none where the disk fills or the process
 * dies. The engine alone would leave half a migration, and refuse the database ever after (P3009).
 */
export async function applyMigrations(url: string): Promise<void> {
  const migrationsList = await migrationList();
  await withEngine(url, async (engine, _schema, [connection]) => {
    if (!connection) throw new Error('the schema engine opened no connection');
    // Off, as migrations that rebuild a table ask: inside a transaction they could not switch it off, and rows would
    // cascade.
    await connection.executeScript('PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE');
    await engine.applyMigrations({ migrationsList, filters: noFilters });
    await connection.executeScript('COMMIT');
  });
}

/** The SQL that leads from the migrations to schema.prisma; empty where they agree. */
export async function pendingSql(): Promise<string> {
  const empty = (await migrationNames()).length === 0;
  const from = empty ? { tag: 'empty' } : { tag: 'migrations', ...(await migrationList()) };
  const { stdout } = await withEngine(':memory:', (engine, schema) =>
    engine.diff({
      from,
      to: { tag: 'schemaDatamodel', files: [schema] },
      script: true,
      shadowDatabaseUrl: null,
      exitCode: null,
      filters: noFilters,
    } as never),
  );
  return /^\s*-- This is an empty migration\.\s*$/.test(stdout ?? '') ? '' : (stdout ?? '');
}
