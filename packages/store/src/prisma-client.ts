import type { PrismaClient } from './generated/client.ts';

interface PrismaOptions {
  /** The database's file. */
  readonly url: string;
  readonly readonly: boolean;
  /** How long it waits for another program's write, in ms. */
  readonly timeout: number;
}

/**
 * Prisma's client, loaded by who first asks for it: it is megabytes of JavaScript and WebAssembly, and neither a command that
 * lists runs nor a process that trains one needs it (docs/decisions/0013-a-quick-command-line.md).
 */
export class LazyPrisma {
  readonly #options: PrismaOptions;
  #client: Promise<PrismaClient> | undefined;

  constructor(options: PrismaOptions) {
    this.#options = options;
  }

  get client(): Promise<PrismaClient> {
    this.#client ??= connect(this.#options);
    return this.#client;
  }

  async close(): Promise<void> {
    await (await this.#client)?.$disconnect();
  }
}

async function connect(options: PrismaOptions): Promise<PrismaClient> {
  const [{ PrismaBetterSqlite3 }, { PrismaClient: Client }] = await Promise.all([
    import('@prisma/adapter-better-sqlite3'),
    import('./generated/client.ts'),
  ]);
  return new Client({ adapter: new PrismaBetterSqlite3(options) });
}
