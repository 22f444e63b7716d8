import type { Statements } from './sql.ts';

/** The latest answers to questions about the record. None outlives a change of it, by whomever. */
export class KeptAnswers<T> {
  readonly #statements: Statements;
  readonly #most: number;
  // In order of use, the longest unused first.
  readonly #kept = new Map<string, T>();
  #revision = '';

  /** @param most how many */
  constructor(statements: Statements, most: number) {
    this.#statements = statements;
    this.#most = most;
  }

  /** The answer to a question, found only where none is kept. @param question text that is another one for any other question */
  get(question: string, find: () => T): T {
    const revision = this.#statements.revision();
    if (revision !== this.#revision) this.#kept.clear();
    this.#revision = revision;
    const answer = this.#kept.has(question) ? (this.#kept.get(question) as T) : find();
    this.#kept.delete(question);
    this.#kept.set(question, answer);
    if (this.#kept.size > this.#most) this.#kept.delete(this.#kept.keys().next().value as string);
    return answer;
  }
}
