import { History } from './history.ts';
import type { CellPoints, DigitAsked, FromLab, LabAsked, LabFrame, ToLab } from './messages.ts';
import type { PathSurface } from './weight-paths.ts';

/** How a worker is spoken to, and how long until the page is drawn again. */
export interface Stage {
  /** @returns what ends the worker */
  readonly worker: (
    hear: (message: FromLab) => void,
    fail: (reason: string) => void,
  ) => {
    readonly send: (message: ToLab) => void;
    readonly end: () => void;
  };
  /** Calls back before the page is drawn next. */
  readonly beforeDrawing: (then: () => void) => void;
  /** Milliseconds between two frames that are shown; 0 shows all. LabAsked at each. */
  readonly gap: () => number;
  /** Milliseconds of a clock that does not go back. */
  readonly now: () => number;
}

/** What a lab shows. */
export interface Shown {
  /** Of which trainings it is: until those that were asked for last have begun, of those before. */
  readonly of: LabAsked | null;
  readonly phase: 'asleep' | 'opening' | 'ready' | 'failed';
  readonly playing: boolean;
  /** Whether it trains, also where nobody pressed play: on its way to a step of the address. */
  readonly busy: boolean;
  /** Updates made, of all of `steps`. */
  readonly done: number;
  readonly steps: number;
  /** What is looked at: the last frame, or one before. */
  readonly frame: LabFrame | null;
  readonly points: readonly CellPoints[];
  readonly histories: readonly History[];
  /** The command that trains the same, of each training. */
  readonly commands: readonly string[];
  /** The loss around the paths of the weights, where it was asked for. */
  readonly surface: PathSurface | null;
  readonly fault: { readonly en: string; readonly zh: string } | null;
}

const ASLEEP: Shown = {
  of: null,
  phase: 'asleep',
  playing: false,
  busy: false,
  done: 0,
  steps: 0,
  frame: null,
  points: [],
  histories: [],
  commands: [],
  surface: null,
  fault: null,
};

/** Milliseconds from one frame to the next, where a step does not take longer: 30 frames a second. */
const TURN_MS = 28;
/** A worker that has not answered for so many milliseconds is ended where something else is asked for: its step is too long. */
const PATIENCE_MS = 400;
/** Frames that are kept to look back at; beyond, every other one is dropped. */
const MOST_KEPT = 160;

/** So many frames may wait to be drawn: the worker trains on while the page draws, and is never far ahead of it. */
const MOST_WAITING = 2;

/**
 * Drives the worker of a lab: one frame each time the page is drawn. Answers to what was asked before a reset are not heard.
 */
export class Driver {
  readonly #stage: Stage;
  readonly #listeners = new Set<() => void>();
  #worker: ReturnType<Stage['worker']> | null = null;
  #shown = ASLEEP;
  #asked: LabAsked | null = null;
  #id = 0;
  /** Trains up to here. */
  #goal = 0;
  /** Steps a frame. */
  speed = 1;
  #asking = false;
  /** Updates made as far as the worker has said, and all of them. */
  #trained = 0;
  #steps = 0;
  /** What is to be drawn. */
  #arrived: Extract<FromLab, { kind: 'opened' | 'frame' }>[] = [];
  /** Whether a step that is past is looked at: what arrives does not take its place. */
  #looksBack = false;
  #lastShown = Number.NEGATIVE_INFINITY;
  #frames: LabFrame[] = [];
  /** Questions that wait for their answers, and since when nothing was answered. */
  #waiting = 0;
  #since = 0;
  /** The last survey that was asked for. */
  #surveyed = '';
  /** The digit that is looked at, where a lab has digits. */
  #digit: DigitAsked | null = null;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly shown = (): Shown => this.#shown;

  #show(changes: Partial<Shown>): void {
    this.#shown = { ...this.#shown, ...changes };
    for (const listener of this.#listeners) listener();
  }

  /** Begins these trainings anew, and trains them up to a step. */
  open(asked: LabAsked, to = 0): void {
    if (this.#waiting > 0 && this.#stage.now() - this.#since > PATIENCE_MS) this.end();
    this.#worker ??= this.#stage.worker(
      (message) => this.#hear(message),
      (reason) => this.#fail({ en: reason, zh: reason }),
    );
    this.#asked = asked;
    this.#id += 1;
    this.#goal = to;
    this.#asking = false;
    this.#looksBack = false;
    this.#arrived = [];
    this.#frames = [];
    this.#trained = 0;
    this.#steps = 0;
    // What is on the page stays until the new trainings have something to show.
    this.#show({ phase: this.#shown.frame ? 'ready' : 'opening', playing: false, busy: true, fault: null });
    if (this.#digit) this.#send({ kind: 'see', id: this.#id, digit: this.#digit });
    this.#send({ kind: 'open', id: this.#id, ...asked });
  }

  /** Looks at a digit from now on, at what it is now: steps that are past show what was looked at then. */
  see(digit: DigitAsked): void {
    this.#digit = digit;
    if (this.#worker) this.#send({ kind: 'see', id: this.#id, digit });
  }

  /** Asks for the loss around the paths of these trainings as far as they are, unless it is known. */
  survey(cells: readonly number[]): void {
    const asked = [this.#id, this.#trained, ...cells].join(' ');
    if (!this.#worker || this.#shown.busy || asked === this.#surveyed) return;
    this.#surveyed = asked;
    this.#send({ kind: 'survey', id: this.#id, cells });
  }

  play(): void {
    if (!this.#asked) return;
    const { done, steps } = this.#shown;
    if (steps > 0 && done >= steps) {
      this.open(this.#asked, Number.POSITIVE_INFINITY);
      this.#show({ playing: true });
      return;
    }
    this.#goal = Number.POSITIVE_INFINITY;
    this.#looksBack = false;
    this.#show({ playing: true, busy: true, frame: this.#frames.at(-1) ?? null });
    this.#ask();
  }

  pause(): void {
    this.#goal = 0;
    this.#show({ playing: false, busy: false });
  }

  /** One update more. */
  step(): void {
    if (!this.#asked) return;
    this.#goal = Math.min(this.#shown.steps, this.#shown.done + 1);
    this.#looksBack = false;
    this.#show({ playing: false, busy: true, frame: this.#frames.at(-1) ?? null });
    this.#ask();
  }

  /** Back to the untrained networks. */
  reset(): void {
    if (this.#asked) this.open(this.#asked);
  }

  /** Shows a step: as it was, where it is past; else it trains up to there. */
  look(step: number): void {
    const past = step < this.#shown.done ? this.#frames.findLast((frame) => frame.step <= step) : undefined;
    this.#looksBack = past !== undefined;
    if (past) {
      this.#goal = 0;
      this.#show({ playing: false, busy: false, frame: past });
      return;
    }
    this.#goal = step;
    this.#show({ playing: false, busy: step > this.#shown.done, frame: this.#frames.at(-1) ?? null });
    this.#ask();
  }

  /** Shows nothing: there is nothing to train. */
  clear(): void {
    this.end();
    this.#asked = null;
    this.#frames = [];
    this.#arrived = [];
    this.#trained = 0;
    this.#steps = 0;
    this.#show({ ...ASLEEP, phase: 'ready' });
  }

  /** Ends the worker. */
  end(): void {
    this.#worker?.end();
    this.#worker = null;
    this.#waiting = 0;
    this.#id += 1;
  }

  #send(message: ToLab): void {
    if (this.#waiting === 0) this.#since = this.#stage.now();
    this.#waiting += 1;
    this.#worker?.send(message);
  }

  #ask(): void {
    const goal = Math.min(this.#goal, this.#steps);
    if (this.#asking || this.#arrived.length >= MOST_WAITING || this.#trained >= goal) return;
    this.#asking = true;
    const isShownOften = this.#shown.playing && this.#stage.gap() === 0;
    const to = isShownOften ? Math.min(goal, this.#trained + this.speed) : goal;
    this.#send({ kind: 'advance', id: this.#id, to, ms: TURN_MS });
  }

  #hear(message: FromLab): void {
    this.#waiting -= 1;
    this.#since = this.#stage.now();
    if (message.id !== this.#id) return;
    if (message.kind === 'failed') {
      this.#fail(message.said);
      return;
    }
    if (message.kind === 'seen') {
      this.#see(message.frame);
      return;
    }
    if (message.kind === 'surveyed') {
      this.#show({ surface: message.surface });
      return;
    }
    if (message.kind === 'opened') this.#steps = message.steps;
    else this.#asking = false;
    this.#trained = message.frame.step;
    this.#arrived.push(message);
    if (this.#arrived.length === 1) this.#stage.beforeDrawing(() => this.#draw());
    this.#ask();
  }

  #draw(): void {
    const message = this.#arrived.shift();
    if (!message) return;
    if (this.#arrived.length > 0) this.#stage.beforeDrawing(() => this.#draw());
    this.#take(message);
    this.#ask();
  }

  #fail(fault: { readonly en: string; readonly zh: string }): void {
    this.#show({ phase: 'failed', playing: false, busy: false, fault });
  }

  #take(message: Extract<FromLab, { kind: 'opened' | 'frame' }>): void {
    const { frame } = message;
    if (message.kind === 'opened') {
      const { steps, points, measures, commands } = message;
      const histories = measures.map((names) => new History(names));
      this.#shown = { ...this.#shown, of: this.#asked, steps, points, commands, histories, surface: null };
    }
    for (const [i, { rows }] of frame.cells.entries()) this.#shown.histories[i]?.add(rows);
    this.#keep(frame);
    const ended = this.#arrived.length === 0 && frame.step >= Math.min(this.#goal, this.#steps);
    const playing = this.#shown.playing && !ended;
    const { now, gap } = this.#stage;
    const isDue = ended || now() - this.#lastShown >= gap();
    if (isDue) this.#lastShown = now();
    const changes = { phase: 'ready', playing, busy: !ended, done: frame.step } as const;
    if (isDue) this.#show({ ...changes, ...(!this.#looksBack && { frame }) });
    else this.#shown = { ...this.#shown, done: frame.step };
  }

  /** What came of another digit takes the place of the same step, on the page or on its way there. */
  #see(frame: LabFrame | null): void {
    const waiting = this.#arrived.at(-1);
    if (frame && waiting?.frame.step === frame.step) {
      const cells = frame.cells.map((cell, i) => ({ ...cell, rows: waiting.frame.cells[i]?.rows ?? cell.rows }));
      this.#arrived[this.#arrived.length - 1] = { ...waiting, frame: { ...frame, cells } };
      return;
    }
    const last = this.#frames.at(-1);
    if (!frame || last?.step !== frame.step) return;
    this.#frames[this.#frames.length - 1] = frame;
    if (this.#shown.frame === last) this.#show({ frame });
  }

  #keep(frame: LabFrame): void {
    this.#frames.push(frame);
    if (this.#frames.length <= MOST_KEPT) return;
    const last = this.#frames.length - 1;
    this.#frames = this.#frames.filter((_, i) => i % 2 === 0 || i === last);
  }
}
