import logUpdate from 'log-update';
import { colour, inColoursOf } from './colour.ts';
import { duration, note, number } from './output.ts';

const BARS = '▁▂▃▄▅▆▇█';
const BAR_WIDTH = 24;
const SPARK_WIDTH = 16;
const REDRAW_MS = 80;

/** The course of a metric in `SPARK_WIDTH` characters, lowest to highest; a value that is no number is a cross. */
export function sparkline(values: readonly number[]): string {
  if (values.length === 0) return '';
  const shown = Array.from(
    { length: Math.min(SPARK_WIDTH, values.length) },
    (_, i) => values[Math.floor((i * values.length) / Math.min(SPARK_WIDTH, values.length))] as number,
  );
  const finite = shown.filter(Number.isFinite);
  const low = Math.min(...finite);
  const span = Math.max(...finite) - low || 1;
  return shown
    .map((value) => (Number.isFinite(value) ? BARS[Math.round(((value - low) / span) * (BARS.length - 1))] : '×'))
    .join('');
}

const bar = (share: number): string => {
  const full = Math.round(share * BAR_WIDTH);
  return colour.cyan('━'.repeat(full)) + colour.dim('─'.repeat(BAR_WIDTH - full));
};

/** What people see while runs are trained: bars on a terminal, one line a finished run elsewhere. */
export class Progress {
  readonly #total: number;
  readonly #stepsInAll: number;
  readonly #live: boolean;
  readonly #started = performance.now();
  #done = 0;
  #stepsDone = 0;
  #label = '';
  #epochs = 0;
  #losses: number[] = [];
  #drawn = 0;

  /** @param epochs of every run to come */
  constructor(epochs: readonly number[], live: boolean) {
    this.#total = epochs.length;
    this.#stepsInAll = epochs.reduce((a, b) => a + b, 0);
    this.#live = live;
  }

  start(label: string, epochs: number): void {
    this.#label = label;
    this.#epochs = epochs;
    this.#losses = [];
  }

  step(step: number, metrics: { readonly loss: number; readonly accuracy: number }): void {
    this.#losses.push(metrics.loss);
    if (!this.#live || performance.now() - this.#drawn < REDRAW_MS) return;
    this.#drawn = performance.now();
    const steps = this.#stepsDone + step + 1;
    const elapsed = performance.now() - this.#started;
    const left = (elapsed / steps) * (this.#stepsInAll - steps);
    const lines = [
      `${bar(steps / this.#stepsInAll)}  run ${this.#done + 1}/${this.#total}  ${colour.dim(`${duration(left)} left`)}`,
      `${this.#label}  ${colour.dim('epoch')} ${String(step + 1).padStart(String(this.#epochs).length)}/${this.#epochs}` +
        `  ${colour.dim('loss')} ${number(metrics.loss)} ${colour.cyan(sparkline(this.#losses))}` +
        `  ${colour.dim('accuracy')} ${number(metrics.accuracy)}`,
    ];
    logUpdate(inColoursOf(process.stdout, lines.join('\n')));
  }

  /** A run is over: its line stays. */
  end(line: string): void {
    this.#done += 1;
    this.#stepsDone += this.#epochs;
    if (this.#live) logUpdate.clear();
    note(`${colour.dim(`${String(this.#done).padStart(String(this.#total).length)}/${this.#total}`)}  ${line}`);
  }

  close(): void {
    if (this.#live) logUpdate.clear();
  }
}
