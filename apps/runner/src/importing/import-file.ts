import {
  type AnyReader,
  type Damage,
  FILE_READERS,
  type FilePosition,
  HEAD_BYTES,
  recogniseFile,
  type SourceNews,
} from '@whorl/formats';
import type { ImportedFile, Store } from '@whorl/store';
import { type Intake, nothingTaken, type RunNames, type Taken, takeIn } from './intake.ts';
import { howReplaced } from './replaced.ts';
import { digestsOf } from './run-digest.ts';
import { SourceFile } from './source-file.ts';

/** Where files go. */
export interface ImportTarget {
  readonly store: Store;
  readonly experimentId: string;
  /** What was read into the experiment before, by path; kept up to date. */
  readonly known: Map<string, ImportedFile>;
  /** Whether files are followed: what looks cut is still written then. */
  readonly isLive: boolean;
}

/** What came of a file. */
export interface FileReport extends Taken {
  readonly file: string;
  /** Null where it is of no format that is read. */
  readonly format: string | null;
  readonly damage: readonly Damage[];
  /** So many bytes at its end are not read: a record that is still written, was cut, or cannot be found behind damage. */
  readonly rest: number;
  /** `unchanged` since it was read last; `shorter` than what was read of it: what is there now is waited for. */
  readonly state: 'read' | 'unchanged' | 'shorter';
}

const PIECE = 4 * 2 ** 20;
/** No record is longer, and no piece that is read at once. */
const MOST = 2 ** 30;

/**
 * Reads a file of another program on from where it was left.
 * @throws StoreError; of what the file system says, as Node has it
 */
export async function importFile(target: ImportTarget, file: string, names: RunNames): Promise<FileReport> {
  const source = await SourceFile.open(file);
  try {
    return await new FileImport(target, file, names, source).run();
  } finally {
    await source.close();
  }
}

class FileImport {
  readonly #target: ImportTarget;
  readonly #file: string;
  readonly #names: RunNames;
  readonly #source: SourceFile;
  readonly #taken = nothingTaken();
  readonly #damage: Damage[] = [];

  constructor(target: ImportTarget, file: string, names: RunNames, source: SourceFile) {
    this.#target = target;
    this.#file = file;
    this.#names = names;
    this.#source = source;
  }

  async run(): Promise<FileReport> {
    const known = this.#target.known.get(this.#file);
    if (!known) return this.#begin();
    const reader = this.#names.reader ?? FILE_READERS.find(({ format }) => format === known.format);
    if (!reader) return this.#report(null, 0, 'read');
    const { size, modifiedAt } = this.#source;
    const { offset } = JSON.parse(known.position) as FilePosition;
    const isSame = size === known.size && modifiedAt === known.modifiedAt;
    if (isSame && (this.#target.isLive || offset >= size)) return this.#report(reader, size - offset, 'unchanged');
    if (reader.isRestated) return this.#readOn(reader, JSON.stringify(reader.start), known.runId, known.position);
    const { head } = await this.#source.mark(known.headSize);
    if (head !== known.head || size < offset) return this.#replaced(reader, known);
    return this.#readOn(reader, known.position, known.runId, known.position);
  }

  async #begin(): Promise<FileReport> {
    const { size } = this.#source;
    const head = await this.#source.read(0, HEAD_BYTES);
    const reader = this.#names.reader ?? recogniseFile(head, !this.#target.isLive && head.length === size);
    if (!reader) return this.#report(null, size, 'read');
    return this.#readOn(reader, JSON.stringify(reader.start), null, null);
  }

  /** @param before the position that is in the record; null where there is none */
  async #readOn(
    reader: AnyReader,
    start: string,
    run: string | null,
    before: string | null,
    names = this.#names,
  ): Promise<FileReport> {
    const { size } = this.#source;
    const intake = await this.#intake(reader, names);
    let [position, runId, kept] = [JSON.parse(start) as FilePosition, run, before];
    let piece = PIECE;
    for (;;) {
      const bytes = await (reader.needsWhole ? this.#source.read(0, size) : this.#source.read(position.offset, piece));
      const isEnd = !reader.needsWhole && position.offset + bytes.length >= size;
      const reading = await reader.read(bytes, position, isEnd && !this.#target.isLive);
      this.#damage.push(...reading.damage);
      const isMoved = reading.position.offset > position.offset;
      if (isMoved || isEnd) {
        const next = JSON.stringify(reading.position);
        const digests = digestsOf(reading.news);
        runId = await takeIn(intake, digests, { runId, before: kept, position: next }, this.#taken);
        kept = next;
        this.#note(intake, next, runId);
      }
      position = reading.position;
      if (isEnd || position.offset >= size) break;
      if (isMoved) piece = PIECE;
      else if (reading.damage.length > 0 || reader.needsWhole || piece >= MOST) break;
      else piece *= 4; // a record longer than the piece
    }
    return this.#report(reader, size - position.offset, 'read');
  }

  async #replaced(reader: AnyReader, known: ImportedFile): Promise<FileReport> {
    const { size } = this.#source;
    // A table whose end says where its parts are is written once, and whole.
    if (reader.needsWhole) return this.#readAsAnother(reader, known);
    const bytes = await this.#source.read(0, size);
    const reading = reader.recognises(bytes.subarray(0, HEAD_BYTES), true)
      ? reader.read(bytes, reader.start, !this.#target.isLive)
      : null;
    const news: readonly SourceNews[] = reading?.news ?? [];
    const digests = digestsOf(news);
    const how = howReplaced(this.#target.store, known.runId, digests);
    if (how === 'shorter' || !reading) return this.#report(reader, size, 'shorter');
    if (how === 'another') return this.#readAsAnother(reader, known);
    this.#damage.push(...reading.damage);
    const intake = await this.#intake(reader, this.#names);
    const position = JSON.stringify(reading.position);
    const runId = await takeIn(
      intake,
      digests,
      { runId: known.runId, before: known.position, position },
      this.#taken,
      0,
    );
    this.#note(intake, position, runId);
    return this.#report(reader, size - reading.position.offset, 'read');
  }

  /** What has taken the place of a file is of another run. */
  async #readAsAnother(reader: AnyReader, known: ImportedFile): Promise<FileReport> {
    const { head } = await this.#source.mark();
    const names = { identity: `${this.#names.identity}\n${head}`, name: this.#names.name };
    return this.#readOn(reader, JSON.stringify(reader.start), null, known.position, names);
  }

  async #intake({ format }: AnyReader, names: RunNames): Promise<Intake> {
    const { store, experimentId } = this.#target;
    const { size, modifiedAt } = this.#source;
    const mark = await this.#source.mark();
    return { store, names, file: { experimentId, path: this.#file, format, size, modifiedAt, ...mark } };
  }

  #note({ file }: Intake, position: string, runId: string | null): void {
    this.#target.known.set(this.#file, { ...file, position, runId });
  }

  #report(reader: AnyReader | null, rest: number, state: FileReport['state']): FileReport {
    return {
      file: this.#file,
      format: reader?.format ?? null,
      ...this.#taken,
      damage: this.#damage,
      rest: Math.max(0, rest),
      state,
    };
  }
}
