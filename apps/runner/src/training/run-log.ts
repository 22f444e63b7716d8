import { formatNumber } from '@whorl/core';
import type { StepMetrics } from '@whorl/core/train';
import type { Store } from '@whorl/store';

const FLUSH_MS = 1000;
/** How many times a run tells how far it is, whatever its length. */
const REPORTS = 20;
/** A slow run says something this often. */
const SILENCE_MS = 300_000;

/**
 * What the runner says of one run while it trains it: lines with their time, kept as parts of the artifact `log`. A part
 * is written at most each second and never again, so that a crash keeps what was said before it, and a page fetches only
 * the parts that it has not seen.
 */
export class RunLog {
  readonly #artifacts: Pick<Store['artifacts'], 'put'>;
  readonly #runId: string;
  readonly #timer: NodeJS.Timeout;
  #lines: string[] = [];
  #writing: Promise<void> = Promise.resolve();
  #step = 0;
  /** Of the last part; each comes after the one before. */
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
      this.#flush().catch(() => {}); // the lines are kept; close meets the same error where its caller hears it
    }, FLUSH_MS);
    this.#timer.unref();
  }

  /** Adds a line; further lines of the text are set in below it. */
  say(text: string): void {
    this.#lines.push(`${new Date().toISOString()} ${text.trimEnd().replaceAll('\n', '\n  ')}\n`);
  }

  /** Tells how many steps there will be. */
  expect(steps: number): void {
    this.#every = Math.max(1, Math.ceil(steps / REPORTS));
    this.#last = steps - 1;
  }

  /** Sees every step, and says something of a few: a comparison of two numbers for the others. */
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

  /** Writes the rest. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flush();
  }
}
