import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { naturalOrder } from '@whorl/core';
import { retryBusy } from './busy.ts';
import { explainSqlite, StoreError } from './errors.ts';
import type { Artifact, PrismaClient } from './generated/client.ts';

/** A file that a run made. */
export interface ArtifactRecord {
  readonly id: number;
  readonly runId: string;
  readonly name: string;
  /** The number of updates it was made after, -1 where it belongs to the whole run. */
  readonly step: number;
  readonly mediaType: string;
  readonly sha256: string;
  readonly size: number;
  readonly meta: Readonly<Record<string, unknown>>;
}

export interface NewArtifact {
  readonly name: string;
  readonly step?: number;
  readonly mediaType: string;
  readonly data: Uint8Array;
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** Files by their content: the same bytes are kept once, whoever made them. */
export class ArtifactStore {
  readonly #prisma: PrismaClient;
  readonly #folder: string;

  constructor(prisma: PrismaClient, folder: string) {
    this.#prisma = prisma;
    this.#folder = folder;
  }

  #file(sha256: string): string {
    return path.join(this.#folder, sha256.slice(0, 2), sha256);
  }

  /** Keeps a file of a run. The row is written after the file is whole; putting the same again changes nothing. */
  async put(runId: string, { name, step = -1, mediaType, data, meta = {} }: NewArtifact): Promise<void> {
    const sha256 = createHash('sha256').update(data).digest('hex');
    const file = this.#file(sha256);
    try {
      if (!existsSync(file)) await writeWhole(file, data);
      const row = { mediaType, sha256, size: data.byteLength, meta: JSON.stringify(meta) };
      await retryBusy(() =>
        this.#prisma.artifact.upsert({
          where: { runId_name_step: { runId, name, step } },
          create: { runId, name, step, ...row },
          update: row,
        }),
      );
    } catch (error) {
      throw explainSqlite(error, file);
    }
  }

  /** A run's artifacts in order of name and step; those of one name where it is given. */
  async list(runId: string, name?: string): Promise<ArtifactRecord[]> {
    const rows = await this.#prisma.artifact.findMany({
      where: { runId, ...(name === undefined ? {} : { name }) },
      orderBy: { step: 'asc' },
    });
    return rows.map(toRecord).sort((a, b) => naturalOrder(a.name, b.name));
  }

  /** @throws StoreError `not-found`, `unusable` where the file is gone or not what was written */
  async read(runId: string, id: number): Promise<{ record: ArtifactRecord; data: Buffer }> {
    const row = await this.#prisma.artifact.findFirst({ where: { id, runId } });
    if (!row) throw new StoreError('not-found', `run ${runId} has no artifact ${id}`);
    const file = this.#file(row.sha256);
    const data = await readFile(file).catch(() => null);
    if (!data || createHash('sha256').update(data).digest('hex') !== row.sha256) {
      throw new StoreError(
        'unusable',
        `artifact ${row.name} of run ${runId} is damaged: ${file} is missing or was changed`,
      );
    }
    return { record: toRecord(row), data };
  }
}

function toRecord({ createdAt, meta, ...row }: Artifact): ArtifactRecord {
  return { ...row, meta: JSON.parse(meta) as Record<string, unknown> };
}

/** Writes beside and renames, so that a reader or a crash never meets half a file. */
async function writeWhole(file: string, data: Uint8Array): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const part = `${file}.${randomUUID()}.part`; // two writers of the same bytes must not share it
  try {
    const handle = await open(part, 'w');
    try {
      await handle.writeFile(data);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
