import logUpdate from 'log-update';
import { colour, inColoursOf } from './colour.ts';
import { duration, note, number } from './output.ts';

const BARS = '▁▂▃▄▅▆▇█';
const BAR_WIDTH = 24;
const SPARK_WIDTH = 16;
const REDRAW_MS = 80;
const TELL_MS = 30_000;

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

/** A run in training, as it is shown. */
interface Active {
  readonly label: string;
  readonly steps: number;
  step: number;
  epoch: number;
  loss: number;
  accuracy: number;
  readonly losses: number[];
}

/** What people see while runs are trained: bars on a terminal, one line a finished run elsewhere. */
export class Progress {
  readonly #total: number;
  readonly #live: boolean;
  readonly #weightOf: (index: number) => number;
  readonly #weight: number;
  readonly #started = performance.now();
  readonly #active = new Map<number, Active>();
  #ended = 0;
  #endedWeight = 0;
  #drawn = 0;
  #told = performance.now();

  /**
   * @param total runs to come
   * @param weightOf how long each run takes, in any unit
   */
  constructor(total: number, live: boolean, weightOf: (index: number) => number = () => 1) {
    this.#total = total;
    this.#live = live;
    this.#weightOf = weightOf;
    this.#weight = Array.from({ length: total }, (_, i) => weightOf(i)).reduce((sum, weight) => sum + weight, 0);
  }

  start(index: number, label: string, steps: number): void {
    this.#active.set(index, { label, steps, step: 0, epoch: 0, loss: Number.NaN, accuracy: Number.NaN, losses: [] });
  }

  step(
    index: number,
    at: { readonly step: number; readonly epoch: number; readonly loss: number; readonly accuracy: number },
  ): void {
    const run = this.#active.get(index);
    if (!run) return;
    Object.assign(run, at);
    run.losses.push(at.loss);
    this.#draw();
  }

  /** A run is over: its line stays. Of many runs there is no line, but now and then how far they are. */
  end(index: number, line: string | null): void {
    this.#active.delete(index);
    this.#ended += 1;
    this.#endedWeight += this.#weightOf(index);
    if (line !== null) this.say(`${colour.dim(this.#count())}  ${line}`);
    else if (!this.#live && performance.now() - this.#told > TELL_MS)
      this.say(colour.dim(`${this.#count()}  ${this.#left()}`));
  }

  /** A line that stays above the bars. */
  say(line: string): void {
    if (this.#live) logUpdate.clear();
    note(line);
    this.#told = performance.now();
  }

  #count(): string {
    return `${String(this.#ended).padStart(String(this.#total).length)}/${this.#total}`;
  }

  #share(): number {
    const active = [...this.#active].map(([index, { step, steps }]) => (this.#weightOf(index) * (step + 1)) / steps);
    return (this.#endedWeight + active.reduce((sum, weight) => sum + weight, 0)) / this.#weight;
  }

  #left(): string {
    const share = this.#share();
    return `${duration((performance.now() - this.#started) * (1 / share - 1))} left`;
  }

  close(): void {
    if (this.#live) logUpdate.clear();
  }

  #draw(): void {
    if (!this.#live || performance.now() - this.#drawn < REDRAW_MS) return;
    this.#drawn = performance.now();
    const runs = [...this.#active.values()];
    const widest = (pick: (run: Active) => number) => Math.max(...runs.map((run) => String(pick(run)).length));
    const digits = widest(({ steps }) => steps);
    const lines = [
      `${bar(this.#share())}  ${this.#ended}/${this.#total} runs  ${colour.dim(this.#left())}`,
      ...runs.map(
        ({ label, step, steps, epoch, loss, accuracy, losses }) =>
          `${label}  ${colour.dim('epoch')} ${epoch + 1}  ${colour.dim('step')} ${String(step + 1).padStart(digits)}/${steps}` +
          `  ${colour.dim('loss')} ${number(loss)} ${colour.cyan(sparkline(losses))}` +
          `  ${colour.dim('accuracy')} ${number(accuracy)}`,
      ),
    ];
    logUpdate(inColoursOf(process.stdout, lines.join('\n')));
  }
}
