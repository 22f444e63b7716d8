import type { Journal } from './journal.ts';
import { type Endpoint, type SendResult, send } from './server.ts';
import type { Message } from './wire.ts';

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 30_000;

/** Sends the messages of a journal to the server, one after the other, and again while the server is away. */
export class Sender {
  readonly #address: Endpoint;
  readonly #runId: string;
  readonly #journal: Journal;
  readonly #onOutcome: (outcome: SendResult) => void;
  #sending: Promise<void> | undefined;
  /** Ends the wait before the next try. */
  #wake: (() => void) | undefined;
  readonly #closed = new AbortController();
  /** Metrics of which the server refuses all points. */
  readonly #refused = new Set<string>();

  constructor(address: Endpoint, runId: string, journal: Journal, onOutcome: (outcome: SendResult) => void) {
    this.#address = address;
    this.#runId = runId;
    this.#journal = journal;
    this.#onOutcome = onOutcome;
  }

  /** Sends waiting messages, unless that is under way already. */
  start(): void {
    this.#sending ??= this.#send().finally(() => {
      this.#sending = undefined;
    });
  }

  /** Resolves when no message waits any more, or after so many ms. */
  async drained(withinMs: number): Promise<boolean> {
    this.#wake?.();
    this.start();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const over = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, withinMs);
    });
    await Promise.race([this.#sending, over]);
    clearTimeout(timer);
    return this.#journal.first() === undefined;
  }

  /** Stops sending. */
  close(): void {
    this.#closed.abort();
    this.#wake?.();
  }

  async #send(): Promise<void> {
    let wait = FIRST_WAIT_MS;
    for (
      let message = this.#journal.first();
      message && !this.#closed.signal.aborted;
      message = this.#journal.first()
    ) {
      const outcome = await this.#tell(message);
      if (this.#closed.signal.aborted) return;
      this.#onOutcome(outcome);
      if (outcome.kind === 'away') {
        await this.#pause(wait);
        wait = Math.min(2 * wait, LONGEST_WAIT_MS);
      } else {
        this.#journal.drop();
        wait = FIRST_WAIT_MS;
      }
    }
  }

  /**
   * The server takes a message completely or not at all. Where it refuses several metrics, each is sent alone, so that
   * a refused one takes no other with it.
   */
  async #tell(message: Message): Promise<SendResult> {
    const ask = (one: Message) => send(this.#address, this.#runId, one, this.#closed.signal);
    const outcome = await ask(message);
    if (outcome.kind !== 'refused' || message.kind !== 'log') return outcome;
    for (const series of message.series) {
      if (this.#refused.has(series.key)) continue;
      const alone = await ask({ kind: 'log', series: [series] });
      if (alone.kind === 'away') return alone;
      if (alone.kind === 'taken') continue;
      this.#refused.add(series.key);
      this.#onOutcome(alone);
    }
    return { kind: 'taken' };
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      // A program may end while its server is away: the journal keeps what is left.
      (timer as { unref?: () => void }).unref?.();
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
