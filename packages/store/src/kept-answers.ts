import { Latest } from './latest.ts';
import type { Statements } from './sql.ts';

/** The latest answers to questions about the record. None outlives a change of it, by whomever. */
export class KeptAnswers<T> {
  readonly #statements: Statements;
  readonly #kept: Latest<T>;
  #revision = '';

  /** @param most how many */
  constructor(statements: Statements, most: number) {
    this.#statements = statements;
    this.#kept = new Latest(most);
  }

  /** The answer to a question, found only where none is kept. @param question text that is another one for any other question */
  get(question: string, find: () => T): T {
    const revision = this.#statements.revision();
    if (revision !== this.#revision) this.#kept.clear();
    this.#revision = revision;
    return this.#kept.get(question, find);
  }
}
