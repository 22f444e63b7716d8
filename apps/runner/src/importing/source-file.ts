import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';

/** A file is known again by so many of its first bytes. */
const MARK_BYTES = 4096;

/** A file of another program, open to be read. */
export class SourceFile {
  readonly #handle: FileHandle;
  /** In bytes, when it was opened: what is written later is for the next time. */
  readonly size: number;
  /** In ms since 1970. */
  readonly modifiedAt: number;

  private constructor(handle: FileHandle, size: number, modifiedAt: number) {
    this.#handle = handle;
    this.size = size;
    this.modifiedAt = modifiedAt;
  }

  static async open(path: string): Promise<SourceFile> {
    const handle = await open(path, 'r');
    const { size, mtimeMs } = await handle.stat();
    return new SourceFile(handle, size, mtimeMs);
  }

  /** Its bytes from `offset` on, `length` at most. */
  async read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.size - offset)));
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await this.#handle.read(bytes, filled, bytes.length - filled, offset + filled);
      if (bytesRead === 0) break; // it was cut meanwhile
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  }

  /** What it is known by: the hash of its first bytes, so many of them as it had when it was first seen. */
  async mark(size = Math.min(MARK_BYTES, this.size)): Promise<{ readonly head: string; readonly headSize: number }> {
    const bytes = await this.read(0, size);
    return { head: createHash('sha256').update(bytes).digest('hex'), headSize: bytes.length };
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}
