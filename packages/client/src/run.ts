import type { Journal } from './journal.ts';
import { base64Of, bytesOf, type FileData, shownImageType } from './media.ts';
import { PointBuffer } from './points.ts';
import { Sender } from './sender.ts';
import type { Endpoint, SendResult } from './server.ts';
import type { EndedAs, Message, WireRun } from './wire.ts';

/** The longest that points wait before they are sent, in ms. */
const FLUSH_MS = 1000;
/** Most points of one request. */
const FLUSH_POINTS = 2000;
/** The largest file, in bytes. */
const MOST_BYTES = 16 * 2 ** 20;
/** How long `finish` waits for a server that is away, in ms. */
const FINISH_MS = 10_000;

/** What a run needs from its environment. */
export interface RunSetting {
  readonly address: Endpoint;
  readonly journal: Journal;
  /** Is told what went wrong, each text once. */
  readonly warn: (text: string) => void;
  /** ms since 1970 */
  readonly now: () => number;
  /** Called when the run accepts no more, after unsent messages were put away. */
  readonly onEnd: () => void;
}

export interface FileOptions {
  /** The number of updates before it was made; left out for what belongs to the whole run. */
  readonly step?: number;
  readonly mediaType?: string;
}

/**
 * A run that this program trains. No method waits for the server or throws: what goes wrong is told to `warn`, and what
 * could not be sent is sent later.
 */
export class ClientRun {
  readonly id: string;
  readonly name: string;
  readonly #address: Endpoint;
  readonly #journal: Journal;
  readonly #sender: Sender;
  readonly #now: () => number;
  readonly #warn: (text: string) => void;
  readonly #points = new PointBuffer();
  readonly #timer: ReturnType<typeof setInterval>;
  /** Files whose bytes are still being read. */
  readonly #reading = new Set<Promise<void>>();
  #flushedAt: number;
  #nextStep = 0;
  #finished: Promise<void> | undefined;
  readonly #onEnd: () => void;
  #isPutAway = false;

  constructor(run: WireRun, { address, journal, warn, now, onEnd }: RunSetting) {
    this.id = run.id;
    this.name = run.name;
    this.#address = address;
    this.#journal = journal;
    this.#warn = warn;
    this.#now = now;
    this.#onEnd = onEnd;
    this.#flushedAt = now();
    this.#sender = new Sender(address, run.id, journal, (outcome) => this.#hear(outcome));
    this.#timer = setInterval(() => this.flush(), FLUSH_MS);
    (this.#timer as { unref?: () => void }).unref?.();
    this.#tell({ kind: 'start', run });
  }

  /** The address of its page. */
  get url(): string {
    return `${this.#address.url.replace(/\/+$/, '')}/runs/${this.id}`;
  }

  /**
   * Logs one point of each of these metrics. The default step is the one after the last, starting at 0. NaN and
   * infinities are kept.
   */
  log(metrics: Readonly<Record<string, number>>, { step = this.#nextStep }: { readonly step?: number } = {}): void {
    if (!this.#isOpen('log')) return;
    if (!Number.isFinite(step)) {
      this.#warn(`log: expected a step that is a finite number, got ${String(step)}`);
      return;
    }
    this.#nextStep = step + 1;
    const now = this.#now();
    for (const key in metrics) {
      const value: unknown = metrics[key];
      if (typeof value === 'number') this.#points.add(key, step, value, now);
      else this.#warn(`log: expected a number for "${key}", got ${typeof value}; the others are logged`);
    }
    if (this.#points.size >= FLUSH_POINTS || now - this.#flushedAt >= FLUSH_MS) this.flush();
  }

  /** Sets tags; an existing tag gets the new text. */
  tag(tags: Readonly<Record<string, string | number | boolean>>): void {
    if (!this.#isOpen('tag')) return;
    this.#tell({
      kind: 'tags',
      tags: Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, String(value)])),
    });
  }

  /** Logs a PNG, JPEG or WebP image of at most 16 MiB. */
  logImage(name: string, image: FileData, { step }: Pick<FileOptions, 'step'> = {}): void {
    this.#logFile(name, image, step, (bytes) => {
      const mediaType = shownImageType(bytes);
      if (mediaType === undefined) this.#warn(`logImage: expected "${name}" to be a PNG, JPEG or WebP image`);
      return mediaType;
    });
  }

  /** Logs a text, shown as it is or as Markdown. */
  logText(
    name: string,
    text: string,
    { step, markdown = false }: Pick<FileOptions, 'step'> & { readonly markdown?: boolean } = {},
  ): void {
    const mediaType = markdown ? 'text/markdown' : 'text/plain';
    this.#logFile(name, new TextEncoder().encode(String(text)), step, () => mediaType);
  }

  /** Logs a file of at most 16 MiB, for download from the run's page. */
  logFile(name: string, data: FileData, { step, mediaType = 'application/octet-stream' }: FileOptions = {}): void {
    this.#logFile(name, data, step, () => mediaType);
  }

  /** Sends what was logged, without waiting for the next second. */
  flush(): void {
    this.#flushedAt = this.#now();
    if (this.#points.size > 0) this.#tell({ kind: 'log', series: this.#points.take() });
  }

  /**
   * Ends the run and waits until the server has everything, at most `waitMs`. On Node, what is then left is kept in a
   * file and sent by the next program that logs to this server.
   */
  finish(status: EndedAs = 'finished', { waitMs = FINISH_MS }: { readonly waitMs?: number } = {}): Promise<void> {
    this.#finished ??= this.#finish(status, waitMs);
    return this.#finished;
  }

  /** Puts unsent messages away without waiting, as the process is about to end. */
  abandon(status: EndedAs): void {
    if (!this.#finished) {
      this.flush();
      this.#tell({ kind: 'end', status, endedAt: this.#now() });
      this.#finished = Promise.resolve();
    }
    this.#putAway();
  }

  async #finish(status: EndedAs, waitMs: number): Promise<void> {
    await Promise.all(this.#reading);
    this.flush();
    this.#tell({ kind: 'end', status, endedAt: this.#now() });
    await this.#sender.drained(waitMs);
    this.#putAway();
  }

  #putAway(): void {
    if (this.#isPutAway) return;
    this.#isPutAway = true;
    clearInterval(this.#timer);
    this.#sender.close();
    const isSent = this.#journal.first() === undefined;
    const place = this.#journal.close();
    this.#onEnd();
    if (isSent) return;
    this.#warn(
      place === null
        ? `run ${this.id} ended before ${this.#address.url} had all of it; the rest is lost`
        : `run ${this.id} ended before ${this.#address.url} had all of it; the rest is in ${place}, and is sent by the next program that logs there`,
    );
  }

  #logFile(
    name: string,
    data: FileData,
    step: number | undefined,
    typeOf: (bytes: Uint8Array) => string | undefined,
  ): void {
    if (!this.#isOpen('a file')) return;
    const read = bytesOf(data)
      .then((bytes) => {
        if (bytes.length > MOST_BYTES) {
          this.#warn(`file "${name}": expected at most ${MOST_BYTES} bytes, got ${bytes.length}; it is not logged`);
          return;
        }
        const mediaType = typeOf(bytes);
        if (mediaType === undefined) return;
        this.flush(); // in the order in which it happened
        this.#tell({ kind: 'file', file: { name, step: step ?? null, mediaType, data: base64Of(bytes) } });
      })
      .catch((error: unknown) => this.#warn(`file "${name}": ${(error as Error).message}`));
    this.#reading.add(read);
    void read.then(() => this.#reading.delete(read));
  }

  #isOpen(what: string): boolean {
    if (this.#finished) this.#warn(`${what} after finish: run ${this.id} is over, and takes no more`);
    return this.#finished === undefined;
  }

  #tell(message: Message): void {
    try {
      this.#journal.add(message);
    } catch (error) {
      this.#warn(`run ${this.id}: ${(error as Error).message}; what was logged is lost`);
    }
    this.#sender.start();
  }

  #hear(outcome: SendResult): void {
    if (outcome.kind === 'away') {
      this.#warn(
        `${this.#address.url} does not answer (${outcome.why}): what is logged is kept, and sent when it does`,
      );
    } else if (outcome.kind === 'refused')
      this.#warn(`${this.#address.url} refused something of run ${this.id}: ${outcome.why}`);
  }
}
