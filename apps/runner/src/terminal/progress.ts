import { formatNumber, type RunStatus } from '@whorl/core';
import logUpdate from 'log-update';
import { words } from '../messages/index.ts';
import { colour, inColoursOf } from './colour.ts';
import { alignedLines, displayWidth, terminalColumns } from './layout.ts';
import { duration, metricTitle, note, statusColour, statusWord } from './output.ts';

const BARS = '▁▂▃▄▅▆▇█';
const BAR_WIDTH = 24;
const SPARK_WIDTH = 16;
const REDRAW_MS = 80;
const TELL_MS = 30_000;

/**
 * A small chart of a metric from block characters, scaled from its lowest to its highest value. A value that is not finite
 * is a cross.
 */
export function sparkline(values: readonly number[], width = SPARK_WIDTH): string {
  if (values.length === 0) return '';
  const shown = Array.from(
    { length: Math.min(width, values.length) },
    (_, i) => values[Math.floor((i * values.length) / Math.min(width, values.length))] as number,
  );
  const finite = shown.filter(Number.isFinite);
  const low = Math.min(...finite);
  const span = Math.max(...finite) - low || 1;
  return shown
    .map((value) => (Number.isFinite(value) ? BARS[Math.round(((value - low) / span) * (BARS.length - 1))] : '×'))
    .join('');
}

const bar = (share: number, width: number): string => {
  const full = Math.round(Math.min(1, share) * width);
  return colour.cyan('━'.repeat(full)) + colour.dim('─'.repeat(width - full));
};

/** A number with its name, for log lines that have no head. */
const named = (name: string, value: string): string => `${name} ${value}`;
/** Dims the name in such a text. */
const dimName = (text: string): string => text.replace(/^\S+/, (name) => colour.dim(name));

/** The name of a run. */
interface Title {
  readonly label: string;
  /** Never cut. */
  readonly seed: number;
}

/** A run that is training, as it is shown. */
interface Active extends Title {
  readonly steps: number;
  step: number;
  epoch: number;
  /** Null until the first value arrives. */
  loss: number | null;
  accuracy: number | null;
  readonly losses: number[];
}

/** A finished run, as it is shown. */
export interface EndedRun extends Title {
  readonly status: RunStatus;
  readonly results: readonly { readonly key: string; readonly value: number }[];
  readonly durationMs: number | null;
  /** Engine and mode, and why steps ran op by op. */
  readonly how: string;
}

/** Names are cut to this width before numbers are left out. */
const LEAST_LABEL = 18;
/** On terminals narrower than this the charts are shorter. */
const WIDE = 100;
const NARROW_SPARK_WIDTH = 8;
/** Below this share no remaining time is shown: the first steps include compilation, and tell nothing about the rest. */
const FEWEST_DONE = 0.01;

const labelColumn = <T extends Title>() =>
  [
    { cell: ({ label }: T) => label, narrow: 'cut', least: LEAST_LABEL },
    { cell: ({ seed }: T) => named(words().progress.seed, String(seed)), style: dimName },
  ] as const;

/** Shows the progress of trainings: bars on a terminal, elsewhere one line for each finished run. */
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
   * @param total how many runs there will be
   * @param weightOf the relative duration of each run
   */
  constructor(total: number, live: boolean, weightOf: (index: number) => number = () => 1) {
    this.#total = total;
    this.#live = live;
    this.#weightOf = weightOf;
    this.#weight = Array.from({ length: total }, (_, i) => weightOf(i)).reduce((sum, weight) => sum + weight, 0);
  }

  start(index: number, title: Title, steps: number): void {
    this.#active.set(index, { ...title, steps, step: 0, epoch: 0, loss: null, accuracy: null, losses: [] });
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

  /** Ends a run, whose line stays. With many runs there are no lines, but a count now and then. */
  end(index: number, ended: EndedRun | null): void {
    this.#active.delete(index);
    this.#ended += 1;
    this.#endedWeight += this.#weightOf(index);
    if (ended !== null) for (const line of this.#lineOf(ended)) this.say(line);
    else if (!this.#live && performance.now() - this.#told > TELL_MS)
      this.say(colour.dim(`${this.#count()}  ${this.#left()}`));
  }

  #lineOf(ended: EndedRun): string[] {
    return alignedLines(
      [ended],
      [
        { cell: () => this.#count(), style: colour.dim },
        ...labelColumn<EndedRun>(),
        { cell: ({ status }) => statusWord(status), style: (text, { status }) => statusColour(status)(text) },
        ...ended.results.map(({ key, value }) => ({
          cell: () => named(metricTitle(key), formatNumber(value)),
          style: dimName,
        })),
        ...(ended.durationMs === null ? [] : [{ cell: () => duration(ended.durationMs), style: colour.dim }]),
        { cell: ({ how }) => how, style: colour.dim, leaveOut: 1 },
      ],
      terminalColumns(process.stderr),
    );
  }

  /** Prints a line that stays above the bars. */
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
    if (share < FEWEST_DONE) return '';
    return words().progress.left(duration((performance.now() - this.#started) * (1 / share - 1)));
  }

  close(): void {
    if (this.#live) logUpdate.clear();
  }

  #draw(): void {
    if (!this.#live || performance.now() - this.#drawn < REDRAW_MS) return;
    this.#drawn = performance.now();
    const { progress: t } = words();
    const width = terminalColumns(process.stdout);
    const [count, left] = [t.runs(this.#ended, this.#total), this.#left()];
    const room = width - displayWidth(count) - displayWidth(left) - 6;
    const sparks = width < WIDE ? NARROW_SPARK_WIDTH : SPARK_WIDTH;
    const lines = [
      `${bar(this.#share(), Math.max(4, Math.min(BAR_WIDTH, room)))}  ${count}  ${colour.dim(left)}`,
      ...alignedLines(
        [...this.#active.values()],
        [
          ...labelColumn<Active>(),
          { cell: ({ epoch }) => named(t.epoch, String(epoch + 1)), style: dimName, leaveOut: 3 },
          { cell: ({ step, steps }) => named(t.step, `${step + 1}/${steps}`), style: dimName, leaveOut: 1 },
          { cell: ({ loss }) => named(metricTitle('loss'), formatNumber(loss)), style: dimName },
          { cell: ({ losses }) => sparkline(losses, sparks), style: colour.cyan, leaveOut: 2 },
          { cell: ({ accuracy }) => named(metricTitle('accuracy'), formatNumber(accuracy)), style: dimName },
        ],
        width,
      ),
    ];
    logUpdate(inColoursOf(process.stdout, lines.join('\n')));
  }
}
