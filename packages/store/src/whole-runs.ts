import { configHash } from '@whorl/core';
import { type ArtifactFiles, sha256Of } from './artifact-files.ts';
import { artifactRow, type NewArtifact } from './artifacts.ts';
import { retryBusy } from './busy.ts';
import { DataFiles } from './data-files.ts';
import type { MetricStore } from './metrics.ts';
import { RunInserts, type RunToInsert } from './run-inserts.ts';
import { select, sql } from './sql/compose.ts';
import type { Statements } from './sql/statements.ts';
import { TABLES } from './sql/tables.ts';

/** A run of the record, and whether it came only now. */
interface Kept {
  readonly id: string;
  readonly isNew: boolean;
}

const { Run } = TABLES;

/** Runs that were trained somewhere else, and come whole: all of a run is in the record with its files, or nothing is. */
export class WholeRuns {
  readonly #statements: Statements;
  readonly #files: ArtifactFiles;
  readonly #inserts: RunInserts;

  constructor(statements: Statements, metrics: MetricStore, files: ArtifactFiles) {
    this.#statements = statements;
    this.#files = files;
    this.#inserts = new RunInserts(statements, metrics, new DataFiles(statements));
  }

  /** A finished run of an experiment that was trained from the same config, on the same engine; null where there is none. */
  find({ experimentId, engine }: Pick<RunToInsert, 'experimentId' | 'engine'>, hash: string): string | null {
    const isSame = sql`${Run.experimentId} = ${experimentId} AND ${Run.configHash} = ${hash} AND ${Run.engine} = ${engine}`;
    const isShown = sql`${Run.status} = 'finished' AND ${Run.archivedAt} IS NULL`;
    const [id] = this.#statements.column(
      select(Run.id)`FROM ${Run} WHERE ${isSame} AND ${isShown} ORDER BY ${Run.createdAt} LIMIT 1`,
    );
    return id ?? null;
  }

  /** Adds a run, unless there is one like it by then ({@link find}). @throws StoreError `not-found` for an unknown experiment */
  async add(run: RunToInsert, artifacts: readonly NewArtifact[]): Promise<Kept> {
    const hash = await configHash(run.config);
    const files = artifacts.map((artifact) => ({ artifact, sha256: sha256Of(artifact.data) }));
    for (;;) {
      const kept = await this.#tryToAdd(run, hash, files);
      if (kept) return kept;
    }
  }

  /** Null where a file that was there was swept meanwhile. */
  async #tryToAdd(
    run: RunToInsert,
    hash: string,
    files: readonly { readonly artifact: NewArtifact; readonly sha256: string }[],
  ): Promise<Kept | null> {
    const missing = new Map(
      files.filter(({ sha256 }) => !this.#files.has(sha256)).map(({ sha256, artifact }) => [sha256, artifact.data]),
    );
    const written: Awaited<ReturnType<ArtifactFiles['prepare']>>[] = [];
    try {
      for (const [sha256, data] of missing) written.push(await this.#files.prepare(sha256, data));
      return await retryBusy(async () =>
        this.#statements.write(() => {
          const found = this.find(run, hash);
          if (found !== null) return { id: found, isNew: false };
          if (files.some(({ sha256 }) => !missing.has(sha256) && !this.#files.has(sha256))) return null;
          const id = this.#inserts.insert(run, hash);
          for (const { artifact, sha256 } of files) this.#statements.run(artifactRow(id, artifact, sha256));
          for (const { move } of written) move();
          return { id, isNew: true };
        }),
      );
    } finally {
      for (const { drop } of written) await drop();
    }
  }
}
