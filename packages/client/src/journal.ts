import type { Message } from './wire.ts';

/**
 * Messages that the server has not taken yet: in memory in a browser; on Node also in a file, which outlives the
 * process.
 */
export interface Journal {
  /** Adds a message after the others. */
  add(message: Message): void;
  /** The first waiting message; undefined where none waits. */
  first(): Message | undefined;
  /** Removes the first message. */
  drop(): void;
  /**
   * To be called when no more messages come; what is left is kept for later, where possible. @returns where it is kept,
   * or null
   */
  close(): string | null;
}

/** Keeps messages for as long as the page or the process lives. */
export class MemoryJournal implements Journal {
  readonly #messages: Message[] = [];

  add(message: Message): void {
    this.#messages.push(message);
  }
  first(): Message | undefined {
    return this.#messages[0];
  }
  drop(): void {
    this.#messages.shift();
  }
  close(): null {
    return null;
  }
}
