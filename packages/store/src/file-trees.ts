import { naturalOrder } from '@whorl/core';
import type { ArtifactFiles, ReceivedFile } from './artifact-files.ts';
import type { ArtifactStore } from './artifacts.ts';
import { retryBusy } from './busy.ts';
import { StoreError } from './errors.ts';
import { LOGGED_FILES } from './logged-runs.ts';
import { insertInto, orUpdate } from './sql/changes.ts';
import { select, sql } from './sql/compose.ts';
import { anyOf, sqlDate } from './sql/sqlite.ts';
import type { Statements } from './sql/statements.ts';
import { TABLES } from './sql/tables.ts';

/** The owner of files with paths: a run or a logged model. */
export interface FileOwner {
  readonly kind: 'run' | 'model';
  readonly id: string;
}

/** A file, or a folder of files. */
export interface TreeEntry {
  /** Relative to the root of the owner's files. */
  readonly path: string;
  /** Null for a folder. */
  readonly size: number | null;
}

/** A file that can be read. */
export interface OpenedFile {
  readonly path: string;
  readonly mediaType: string;
  readonly size: number;
  /**
   * The bytes in parts, checked on the way: the last part comes only if all are as written. @throws StoreError
   * `damaged`
   */
  chunks(): AsyncIterable<Uint8Array>;
}

/** Bytes received to become a part of a file. */
export type KeptPart = Pick<ReceivedFile, 'sha256' | 'size' | 'bytes' | 'drop'>;

type Row = readonly [path: string, mediaType: string, sha256: string, size: number];

/** The step of files that belong to a whole run. */
const OF_RUN = -1;
const { Artifact, LoggedModel, ModelFile, Run } = TABLES;

/**
 * The files that programs log for runs and logged models, as trees. Files that Whorl records of its own runs are not
 * included.
 */
export class FileTrees {
  readonly #statements: Statements;
  readonly #files: ArtifactFiles;
  readonly #artifacts: ArtifactStore;

  constructor(statements: Statements, files: ArtifactFiles, artifacts: ArtifactStore) {
    this.#statements = statements;
    this.#files = files;
    this.#artifacts = artifacts;
  }

  /** The direct entries of a folder, in order; empty for a file. @param folder empty for the root */
  list(owner: FileOwner, folder = ''): TreeEntry[] {
    const inside = folder === '' ? '' : `${folder}/`;
    const found = new Map<string, number | null>();
    for (const [path, , , size] of this.#rows(owner)) {
      if (!path.startsWith(inside)) continue;
      const [name = '', ...below] = path.slice(inside.length).split('/');
      found.set(inside + name, below.length > 0 ? null : size);
    }
    return [...found].map(([path, size]) => ({ path, size })).sort((a, b) => naturalOrder(a.path, b.path));
  }

  /** @throws StoreError `not-found` */
  open(owner: FileOwner, path: string): OpenedFile {
    const row = this.#rows(owner, path)[0];
    if (!row) throw new StoreError('not-found', `${owner.kind} ${owner.id} has no file ${path}`);
    const [, mediaType, sha256, size] = row;
    const damaged = () =>
      new StoreError('damaged', {
        en: `file ${path} of ${owner.kind} ${owner.id} is damaged: it is missing or was changed`,
        zh: `${owner.id} 的文件 ${path} 已损坏：缺失或被改动`,
      });
    return { path, mediaType, size, chunks: () => this.#files.chunks(sha256, damaged) };
  }

  /**
   * Keeps a stream as a file; it replaces one of the same path only when complete.
   * @throws StoreError `not-found` for an unknown owner; `conflict` where the path is a folder, or passes through a
   * file
   */
  async put(owner: FileOwner, path: string, mediaType: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    this.#checkPlace(owner, path);
    const received = await this.#files.receive(bytes);
    try {
      const { sha256, size } = received;
      await retryBusy(async () =>
        this.#statements.write(() => {
          this.#checkPlace(owner, path);
          received.move();
          const file = { mediaType, sha256, size };
          this.#statements.run(
            owner.kind === 'run'
              ? sql`${insertInto('Artifact', { runId: owner.id, name: LOGGED_FILES + path, step: OF_RUN, ...file, meta: '{}', createdAt: sqlDate(Date.now()) })}
                  ${orUpdate('Artifact', ['runId', 'name', 'step'], ['mediaType', 'sha256', 'size'])}`
              : sql`${insertInto('ModelFile', { modelId: owner.id, path, ...file })}
                  ${orUpdate('ModelFile', ['modelId', 'path'], ['mediaType', 'sha256', 'size'])}`,
          );
        }),
      );
    } finally {
      await received.drop();
    }
  }

  /** Keeps bytes aside that will become a part of a file; the caller drops them. */
  keepPart(bytes: AsyncIterable<Uint8Array>): Promise<KeptPart> {
    return this.#files.receive(bytes);
  }

  /**
   * Deletes a file, or a folder with everything in it, and bytes to which nothing else refers.
   * @returns how many files were deleted
   */
  async remove(owner: FileOwner, path: string): Promise<number> {
    const rows = this.#rows(owner).filter(([found]) => path === '' || found === path || found.startsWith(`${path}/`));
    const gone = rows.map(([found]) => found);
    const removed = this.#statements.run(
      owner.kind === 'run'
        ? sql`DELETE FROM ${Artifact} WHERE ${Artifact.runId} = ${owner.id} AND ${Artifact.step} = ${OF_RUN} AND ${Artifact.name} IN ${anyOf(gone.map((name) => LOGGED_FILES + name))}`
        : sql`DELETE FROM ${ModelFile} WHERE ${ModelFile.modelId} = ${owner.id} AND ${ModelFile.path} IN ${anyOf(gone)}`,
    );
    await this.#artifacts.removeUnused([...new Set(rows.map(([, , sha256]) => sha256))]);
    return removed;
  }

  /** All files of an owner, or the one at a path. */
  #rows({ kind, id }: FileOwner, path?: string): Row[] {
    if (kind === 'model') {
      const { mediaType, sha256, size } = ModelFile;
      const only = path === undefined ? sql`` : sql`AND ${ModelFile.path} = ${path}`;
      return this.#statements.rows(
        select(ModelFile.path, mediaType, sha256, size)`FROM ${ModelFile} WHERE ${ModelFile.modelId} = ${id} ${only}`,
      );
    }
    const { name, mediaType, sha256, size } = Artifact;
    const only = path === undefined ? sql`` : sql`AND ${name} = ${LOGGED_FILES + path}`;
    return this.#statements
      .rows(
        select(
          name,
          mediaType,
          sha256,
          size,
        )`FROM ${Artifact} WHERE ${Artifact.runId} = ${id} AND ${Artifact.step} = ${OF_RUN} ${only}`,
      )
      .flatMap(([found, ...rest]): Row[] =>
        found.startsWith(LOGGED_FILES) ? [[found.slice(LOGGED_FILES.length), ...rest]] : [],
      );
  }

  #checkPlace(owner: FileOwner, path: string): void {
    const { id } = owner.kind === 'run' ? Run : LoggedModel;
    const [isThere] = this.#statements.column(
      select(id)`FROM ${owner.kind === 'run' ? Run : LoggedModel} WHERE ${id} = ${owner.id}`,
    );
    if (isThere === undefined) throw new StoreError('not-found', `no ${owner.kind} "${owner.id}"`);
    for (const [other] of this.#rows(owner)) {
      if (other.startsWith(`${path}/`)) throw new StoreError('conflict', `${path} is a folder, which has ${other}`);
      if (path.startsWith(`${other}/`)) throw new StoreError('conflict', `${other} is a file: nothing can be in it`);
    }
  }
}
