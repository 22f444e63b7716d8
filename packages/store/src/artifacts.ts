import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { naturalOrder } from '@whorl/core';
import { type ArtifactFiles, sha256Of } from './artifact-files.ts';
import { retryBusy } from './busy.ts';
import { StoreError } from './errors.ts';
import { RowReader } from './row-reader.ts';
import { isLive } from './run-status-sql.ts';
import { insertInto, orUpdate } from './sql/changes.ts';
import { type Sql, select, sql } from './sql/compose.ts';
import { anyOf, rowsOf, sqlDate } from './sql/sqlite.ts';
import type { Row, Statements } from './sql/statements.ts';
import { selectAll, TABLES } from './sql/tables.ts';

/** A file that a run made. */
export interface ArtifactRecord {
  readonly id: number;
  readonly runId: string;
  readonly name: string;
  /** The number of updates before it was made; -1 where it belongs to the whole run. */
  readonly step: number;
  readonly mediaType: string;
  readonly sha256: string;
  readonly size: number;
  readonly meta: Readonly<Record<string, unknown>>;
  /** The columns of its row that cannot be read. */
  readonly damage: readonly string[];
}

export interface NewArtifact {
  readonly name: string;
  readonly step?: number;
  readonly mediaType: string;
  readonly data: Uint8Array;
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** What dead processes left behind: unfinished files, and files that no run refers to. */
export interface Litter {
  readonly parts: number;
  readonly files: number;
  readonly bytes: number;
}

/** How many files are looked up, and removed, while the database is locked. */
const BATCH = 200;

const { Artifact, ModelFile, Run } = TABLES;

export class ArtifactStore {
  readonly #statements: Statements;
  readonly #files: ArtifactFiles;

  constructor(statements: Statements, files: ArtifactFiles) {
    this.#statements = statements;
    this.#files = files;
  }

  /** Keeps a file of a run. Keeping the same file again changes nothing. */
  async put(runId: string, artifact: NewArtifact): Promise<void> {
    const { data } = artifact;
    const sha256 = sha256Of(data);
    const change = artifactRow(runId, artifact, sha256);
    for (let isKept = false; !isKept; ) {
      const written = this.#files.has(sha256) ? null : await this.#files.prepare(sha256, data);
      try {
        // File and row are written under one lock, so that a sweep in another process meets both or neither.
        isKept = await retryBusy(async () =>
          this.#statements.write(() => {
            if (written) written.move();
            else if (!this.#files.has(sha256)) return false; // it was swept meanwhile and has to be written after all
            this.#statements.run(change);
            return true;
          }),
        );
      } finally {
        await written?.drop();
      }
    }
  }

  /** A run's artifacts by name and step; with `name`, only those of that name. */
  async list(runId: string, name?: string): Promise<ArtifactRecord[]> {
    const isOfName = name === undefined ? sql`` : sql`AND ${Artifact.name} = ${name}`;
    const rows = this.#statements.objects(
      selectAll('Artifact')`WHERE ${Artifact.runId} = ${runId} ${isOfName} ORDER BY ${Artifact.step}`,
    );
    return rows.map(toRecord).sort((a, b) => naturalOrder(a.name, b.name));
  }

  /**
   * Numbers that grow with a run's files: the highest id, the highest id of its log (0 where there is none), and all
   * bytes.
   */
  reached(runId: string): { readonly last: number; readonly log: number; readonly bytes: number } {
    const { id, name, size } = Artifact;
    const [row] = this.#statements.rows(
      select(
        sql<number>`coalesce(max(${id}), 0)`,
        sql<number>`coalesce(max(CASE WHEN ${name} = 'log' THEN ${id} END), 0)`,
        sql<number>`coalesce(sum(${size}), 0)`,
      )`FROM ${Artifact} WHERE ${Artifact.runId} = ${runId}`,
    );
    const [last, log, bytes] = row ?? [0, 0, 0];
    return { last, log, bytes };
  }

  /**
   * Deletes for good all files of a run that have one of the names, and bytes that nothing else refers to.
   * @returns how many files were deleted
   * @throws StoreError `not-found` for a name that no file of the run has; `conflict` where the run has not ended
   */
  async remove(runId: string, names: readonly string[]): Promise<number> {
    const { removed, hashes } = await retryBusy(async () =>
      this.#statements.write(() => {
        const isOne = sql`${Artifact.runId} = ${runId} AND ${Artifact.name} IN ${anyOf(names)}`;
        const rows = this.#statements.rows(select(Artifact.name, Artifact.sha256)`FROM ${Artifact} WHERE ${isOne}`);
        const known = new Set(rows.map(([name]) => name));
        const unknown = names.find((name) => !known.has(name));
        if (unknown !== undefined) throw new StoreError('not-found', `run ${runId} has no file ${unknown}`);
        const [isLiving] = this.#statements.column(
          select(Run.id)`FROM ${Run} WHERE ${Run.id} = ${runId} AND ${isLive(Run)} AND ${Run.source} = 'whorl'`,
        );
        if (isLiving !== undefined) {
          throw new StoreError('conflict', {
            en: `run ${runId} has not ended and may still write its files: stop it first (whorl stop ${runId})`,
            zh: `运行 ${runId} 尚未结束，可能仍在写入文件：请先停止它（whorl stop ${runId}）`,
          });
        }
        return {
          removed: this.#statements.run(sql`DELETE FROM ${Artifact} WHERE ${isOne}`),
          hashes: [...new Set(rows.map(([, sha256]) => sha256))],
        };
      }),
    );
    await this.removeUnused(hashes);
    return removed;
  }

  /** @throws StoreError `not-found`; `damaged` where the file is missing or not what was written */
  async read(runId: string, id: number): Promise<{ record: ArtifactRecord; data: Buffer }> {
    const record = this.get(runId, id);
    const data = await this.#files.read(record.sha256);
    if (!data) throw this.#damaged(record);
    return { record, data };
  }

  /** What is known of a file. @throws StoreError `not-found` */
  get(runId: string, id: number): ArtifactRecord {
    const [row] = this.#statements.objects(
      selectAll('Artifact')`WHERE ${Artifact.id} = ${id} AND ${Artifact.runId} = ${runId}`,
    );
    if (!row) throw new StoreError('not-found', `run ${runId} has no artifact ${id}`);
    return toRecord(row);
  }

  /**
   * The bytes of a file in parts, for files too large for memory; the last part comes only if all are right. @throws
   * StoreError `damaged`
   */
  chunks(record: ArtifactRecord): AsyncGenerator<Uint8Array> {
    return this.#files.chunks(record.sha256, () => this.#damaged(record));
  }

  #damaged({ runId, name, sha256 }: ArtifactRecord): StoreError {
    const file = this.#files.pathOf(sha256) ?? sha256;
    return new StoreError('damaged', {
      en: `artifact ${name} of run ${runId} is damaged: ${file} is missing or was changed`,
      zh: `运行 ${runId} 的文件 ${name} 已损坏：${file} 缺失或被改动`,
    });
  }

  /** Finds what dead processes left behind and, unless `dry`, removes it. What a living process writes stays. */
  async sweep({ dry = false }: { readonly dry?: boolean } = {}): Promise<Litter> {
    const { hashes, parts } = await this.#files.list();
    let [files, bytes] = [0, parts.reduce((sum, part) => sum + part.bytes, 0)];
    if (!dry) for (const { file } of parts) await rm(file, { force: true });
    for (let at = 0; at < hashes.length; at += BATCH) {
      const some = hashes.slice(at, at + BATCH);
      const sizes = new Map<string, number>();
      for (const sha256 of this.#unused(some)) sizes.set(sha256, await this.#files.bytesOf(sha256));
      if (sizes.size === 0) continue;
      const unused = dry ? [...sizes.keys()] : await this.#removeUnused([...sizes.keys()]);
      files += unused.length;
      bytes += unused.reduce((sum, sha256) => sum + (sizes.get(sha256) ?? 0), 0);
    }
    return { parts: parts.length, files, bytes };
  }

  /** Those of the files to which no run and no model refers. */
  #unused(hashes: readonly string[]): string[] {
    const file = rowsOf(hashes, 'j');
    const ofRuns = select(Artifact.sha256)`FROM ${Artifact}`;
    const ofModels = select(ModelFile.sha256)`FROM ${ModelFile}`;
    return this.#statements.column(
      select(file.value)`FROM ${file} WHERE ${file.value} NOT IN (${ofRuns}) AND ${file.value} NOT IN (${ofModels})`,
    );
  }

  /** Removes files with these hashes to which no run and no model refers any more. */
  async removeUnused(hashes: readonly string[]): Promise<void> {
    for (let at = 0; at < hashes.length; at += BATCH) await this.#removeUnused(hashes.slice(at, at + BATCH));
  }

  /** Removes, while nobody else can write a row, those that are still unused; returns them. */
  #removeUnused(hashes: readonly string[]): Promise<string[]> {
    return retryBusy(async () =>
      this.#statements.write(() => {
        const unused = this.#unused(hashes);
        for (const sha256 of unused) {
          const file = this.#files.pathOf(sha256);
          if (file !== null) rmSync(file, { force: true });
        }
        return unused;
      }),
    );
  }
}

/** Writes the row of a file that a run has, or changes it. */
export function artifactRow(
  runId: string,
  { name, step = -1, mediaType, data, meta = {} }: NewArtifact,
  sha256: string,
): Sql {
  const contents = { mediaType, sha256, size: data.byteLength, meta: JSON.stringify(meta) };
  const row = insertInto('Artifact', { runId, name, step, ...contents, createdAt: sqlDate(Date.now()) });
  return sql`${row} ${orUpdate('Artifact', ['runId', 'name', 'step'], ['mediaType', 'sha256', 'size', 'meta'])}`;
}

function toRecord(row: Row): ArtifactRecord {
  const reader = new RowReader(row);
  const read = {
    id: reader.whole('id'),
    runId: reader.text('runId'),
    name: reader.text('name'),
    step: reader.whole('step', -1),
    mediaType: reader.text('mediaType'),
    sha256: reader.text('sha256'),
    size: reader.whole('size'),
    meta: reader.object('meta') ?? {},
  };
  return { ...read, damage: reader.damage };
}
