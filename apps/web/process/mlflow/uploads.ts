import type { KeptPart } from '@whorl/store';
import { doesNotExist, invalidParameter, MlflowError } from './errors.ts';

interface Upload {
  /** The path that it becomes, from the root of all files on. */
  readonly path: string;
  readonly mostParts: number;
  readonly parts: Map<number, KeptPart>;
}

const MOST_UPLOADS = 200;
const MOST_PARTS = 10_000;

/** Files that come in parts, for as long as not all of them are there. They end with the server. */
export class Uploads {
  readonly #uploads = new Map<string, Upload>();
  readonly #newId: () => string;

  /** @param newId an id that nobody guesses */
  constructor(newId: () => string) {
    this.#newId = newId;
  }

  /** The id of an upload of so many parts. @throws MlflowError */
  begin(path: string, parts: number): string {
    if (parts < 1 || parts > MOST_PARTS) throw invalidParameter(`num_parts: expected 1 to ${MOST_PARTS}, got ${parts}`);
    if (this.#uploads.size >= MOST_UPLOADS) {
      throw new MlflowError('REQUEST_LIMIT_EXCEEDED', `${MOST_UPLOADS} uploads are under way: complete or abort some`);
    }
    const id = this.#newId();
    this.#uploads.set(id, { path, mostParts: parts, parts: new Map() });
    return id;
  }

  /** Takes a part; one that comes again replaces the first. @throws MlflowError */
  async take(id: string, number: number, part: KeptPart): Promise<void> {
    const upload = this.#uploads.get(id);
    if (!upload || !(number >= 1 && number <= upload.mostParts)) {
      await part.drop();
      throw doesNotExist(`No upload with id=${id} takes a part ${number}`);
    }
    const before = upload.parts.get(number);
    upload.parts.set(number, part);
    await before?.drop();
  }

  /** The bytes of all parts in order. @throws MlflowError where one is missing */
  whole(id: string, path: string): AsyncIterable<Uint8Array> {
    const upload = this.#uploads.get(id);
    if (upload?.path !== path) throw doesNotExist(`No upload with id=${id} of '${path}'`);
    const { parts, mostParts } = upload;
    const lacking = Array.from({ length: mostParts }, (_, i) => i + 1).find((number) => !parts.has(number));
    if (lacking !== undefined) throw invalidParameter(`Part ${lacking} of the upload is missing`);
    return joined([...parts].sort(([a], [b]) => a - b).map(([, part]) => part));
  }

  /** Forgets an upload, and what came of it. */
  async end(id: string): Promise<void> {
    const upload = this.#uploads.get(id);
    this.#uploads.delete(id);
    for (const part of upload?.parts.values() ?? []) await part.drop();
  }
}

async function* joined(parts: readonly KeptPart[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield* part.bytes();
}
