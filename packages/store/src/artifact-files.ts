import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, renameSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { isWriterAlive, writerMark } from './process-identity.ts';

/** A file in the folder that is not a whole artifact: its writer died, or is still writing. */
interface Part {
  readonly file: string;
  readonly bytes: number;
}

/** A file that was written and is not in its place yet. */
export interface ReceivedFile {
  readonly sha256: string;
  readonly size: number;
  readonly move: () => void;
  drop(): Promise<void>;
  bytes(): AsyncIterable<Uint8Array>;
}

const SHA256 = /^[0-9a-f]{64}$/;
const PART = /^[0-9a-f]{64}\.(.+)\.part$/;

export const sha256Of = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** Files by content: the same bytes are kept once, whoever made them. */
export class ArtifactFiles {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * The path of a file, whether it exists or not; null for what is not a hash, which must not lead out of the folder.
   */
  pathOf(sha256: string): string | null {
    return SHA256.test(sha256) ? path.join(this.folder, sha256.slice(0, 2), sha256) : null;
  }

  has(sha256: string): boolean {
    const file = this.pathOf(sha256);
    return file !== null && existsSync(file);
  }

  /** The bytes; null where the file is missing or is not what was written. */
  async read(sha256: string): Promise<Buffer | null> {
    const file = this.pathOf(sha256);
    const data = file && (await readFile(file).catch(() => null));
    return data && sha256Of(data) === sha256 ? data : null;
  }

  /**
   * Writes bytes beside their place. `move` then puts them there in no time, so that a reader or a crash never meets
   * half a file; `drop` removes them.
   */
  async prepare(sha256: string, data: Uint8Array): Promise<{ readonly move: () => void; drop(): Promise<void> }> {
    const file = path.join(this.folder, sha256.slice(0, 2), sha256);
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    // Two writers of the same bytes must not share it; its name tells whether its writer lives.
    const part = `${file}.${randomUUID()}.${writerMark()}.part`;
    const drop = () => rm(part, { force: true });
    try {
      const handle = await open(part, 'w', 0o600);
      try {
        await handle.writeFile(data);
        await handle.sync();
      } finally {
        await handle.close();
      }
    } catch (error) {
      await drop();
      throw error;
    }
    return { move: () => renameSync(part, file), drop };
  }

  /**
   * Writes bytes whose hash is not known before their end. The result moves them to their place, or drops them. After
   * an error nothing is left.
   */
  async receive(bytes: AsyncIterable<Uint8Array>): Promise<ReceivedFile> {
    const name = randomBytes(32).toString('hex');
    const part = path.join(this.folder, name.slice(0, 2), `${name}.${randomUUID()}.${writerMark()}.part`);
    await mkdir(path.dirname(part), { recursive: true, mode: 0o700 });
    const drop = () => rm(part, { force: true });
    const hash = createHash('sha256');
    let size = 0;
    try {
      const handle = await open(part, 'w', 0o600);
      try {
        for await (const chunk of bytes) {
          hash.update(chunk);
          size += chunk.byteLength;
          for (let at = 0; at < chunk.byteLength; ) at += (await handle.write(chunk, at)).bytesWritten;
        }
        await handle.sync();
      } finally {
        await handle.close();
      }
    } catch (error) {
      await drop();
      throw error;
    }
    const sha256 = hash.digest('hex');
    const file = path.join(this.folder, sha256.slice(0, 2), sha256);
    const move = () => {
      mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
      renameSync(part, file);
    };
    return { sha256, size, move, drop, bytes: () => createReadStream(part) as AsyncIterable<Uint8Array> };
  }

  /**
   * The bytes of a file in parts; the last part comes only if all are as written. @param damaged makes the error if
   * they are not
   */
  async *chunks(sha256: string, damaged: () => Error): AsyncGenerator<Uint8Array> {
    const file = this.pathOf(sha256);
    if (file === null || !existsSync(file)) throw damaged();
    const hash = createHash('sha256');
    let held: Uint8Array | null = null;
    for await (const chunk of createReadStream(file) as AsyncIterable<Uint8Array>) {
      hash.update(chunk);
      if (held) yield held;
      held = chunk;
    }
    if (hash.digest('hex') !== sha256) throw damaged();
    if (held) yield held;
  }

  /** The hashes of all files, and the files that dead writers left unfinished. */
  async list(): Promise<{ readonly hashes: string[]; readonly parts: Part[] }> {
    const hashes: string[] = [];
    const parts: Part[] = [];
    const folders = await readdir(this.folder).catch(() => []);
    for (const folder of folders.filter((name) => /^[0-9a-f]{2}$/.test(name))) {
      for (const name of await readdir(path.join(this.folder, folder)).catch(() => [])) {
        const file = path.join(this.folder, folder, name);
        if (SHA256.test(name)) hashes.push(name);
        const [, mark] = PART.exec(name) ?? [];
        const found = mark === undefined ? null : await stat(file).catch(() => null);
        if (mark !== undefined && found && !isWriterAlive(mark.split('.').at(-1) ?? '', found.mtime)) {
          parts.push({ file, bytes: found.size });
        }
      }
    }
    return { hashes, parts };
  }

  /** The size of a file in bytes; 0 where there is none. */
  async bytesOf(sha256: string): Promise<number> {
    const file = this.pathOf(sha256);
    return (file && (await stat(file).catch(() => null))?.size) || 0;
  }
}
