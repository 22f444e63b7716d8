import type { Message } from './wire.ts';

/**
 * Where messages wait that the server has not taken: in memory in a browser, in a file too in Node, which outlives the
 * process.
 */
export interface Journal {
  /** Keeps a message behind the others. */
  add(message: Message): void;
  /** The first of those that wait; undefined where none does. */
  first(): Message | undefined;
  /** The first is done with. */
  drop(): void;
  /** Nothing more comes: what is left stays for later, where that is possible. Where it stays, else null. */
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
