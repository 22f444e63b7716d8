import { formatNumber } from '@whorl/core';
import type { StepMetrics } from '@whorl/core/train';
import type { Store } from '@whorl/store';

const FLUSH_MS = 1000;
/** How many times a run logs its progress, whatever its length. */
const REPORTS = 20;
/** A slow run logs something at least this often. */
const SILENCE_MS = 300_000;

/**
 * The log of one run: lines with their time, stored as parts of the artifact `log`. A part is written at most once a second
 * and never changed, so that a crash keeps what was logged before, and a page fetches only the parts that are new to it.
 */
export class RunLog {
  readonly #artifacts: Pick<Store['artifacts'], 'put'>;
  readonly #runId: string;
  readonly #timer: NodeJS.Timeout;
  #lines: string[] = [];
  #writing: Promise<void> = Promise.resolve();
  #step = 0;
  /** The number of the last part; each part has the next one. */
  #partStep = -1;
  #every = 1;
  #last = Number.POSITIVE_INFINITY;
  #nextReport = 0;
  #lastReport = 0;
  #finite = true;

  constructor(artifacts: Pick<Store['artifacts'], 'put'>, runId: string) {
    this.#artifacts = artifacts;
    this.#runId = runId;
    this.#timer = setInterval(() => {
      this.#flush().catch(() => {}); // the lines are kept, and `close` reports the same error where the caller can handle it
    }, FLUSH_MS);
    this.#timer.unref();
  }

  /** Adds a line. Further lines of a text are indented below it. */
  say(text: string): void {
    this.#lines.push(`${new Date().toISOString()} ${text.trimEnd().replaceAll('\n', '\n  ')}\n`);
  }

  /** Sets the total number of steps. */
  expect(steps: number): void {
    this.#every = Math.max(1, Math.ceil(steps / REPORTS));
    this.#last = steps - 1;
  }

  /** Is told of every step, and logs a few of them. For all others it only compares two numbers. */
  see({ step, metrics }: StepMetrics): void {
    this.#step = step;
    if (this.#finite && !Number.isFinite(metrics.loss)) {
      this.#finite = false;
      this.say(`step ${step}: the loss is not finite any more: ${formatNumber(metrics.loss)}`);
    }
    const due = step >= this.#nextReport || (step % 64 === 0 && performance.now() - this.#lastReport > SILENCE_MS);
    if (!due) return;
    const next = (Math.floor(step / this.#every) + 1) * this.#every;
    this.#nextReport = step < this.#last ? Math.min(next, this.#last) : next;
    this.#lastReport = performance.now();
    this.say(`step ${step}: loss ${formatNumber(metrics.loss)}, accuracy ${formatNumber(metrics.accuracy)}`);
  }

  #flush(): Promise<void> {
    this.#writing = this.#writing.then(
      () => this.#write(),
      () => this.#write(),
    );
    return this.#writing;
  }

  async #write(): Promise<void> {
    const lines = this.#lines;
    if (lines.length === 0) return;
    const step = Math.max(this.#step, this.#partStep + 1);
    this.#lines = [];
    try {
      const data = Buffer.from(lines.join(''));
      await this.#artifacts.put(this.#runId, { name: 'log', step, mediaType: 'text/plain; charset=utf-8', data });
      this.#partStep = step;
    } catch (error) {
      this.#lines = [...lines, ...this.#lines];
      throw error;
    }
  }

  /** Writes the remaining lines. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flush();
  }
}
