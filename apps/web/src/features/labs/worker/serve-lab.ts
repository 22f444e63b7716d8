import { WhorlError } from '@whorl/core';
import type { CellPoints, DigitAsked, FromLab, LabAsked, LabFrame, ToLab } from '../model/messages.ts';
import type { PathSurface } from '../model/weight-paths.ts';

// What a lab's worker does: it trains what the page asks for. One message is answered after the other.

/** Trainings side by side. */
export interface LabTrainings {
  readonly steps: number;
  readonly measures: readonly (readonly string[])[];
  readonly points: readonly CellPoints[];
  readonly commands: readonly string[];
  /** Trains all of them up to step `to`, or until time is up. */
  advance(to: number, isUp: () => boolean): LabFrame;
  /** What they are now, of another digit. */
  see?(digit: DigitAsked): LabFrame;
  /** The loss around the paths of some of them. */
  survey?(cells: readonly number[]): PathSurface | null;
}

/** Milliseconds of training between two looks, however long these take. */
const LEAST_MS = 6;

/** What of a worker's own scope is used here: pages and workers have types that do not go together. */
const scope = self as unknown as {
  postMessage(message: FromLab, given: Transferable[]): void;
  addEventListener(type: 'message', hear: (event: MessageEvent<ToLab>) => void): void;
};

const answer = (message: FromLab, given: Transferable[] = []) => scope.postMessage(message, given);

// What a digit looked like in a layer is copied: looks that are past are kept.
const arraysOf = ({ cells }: LabFrame): Transferable[] =>
  cells.flatMap(({ picture, units, network, rows }) => [
    ...[picture.buffer, units.buffer, rows.buffer],
    ...(network ? [network.pictures.buffer, network.weights.buffer] : []),
  ]);

/** @param open begins what a page asks for */
export function serveLab(open: (asked: LabAsked) => Promise<LabTrainings>): void {
  let session: LabTrainings | null = null;
  let digit: DigitAsked | null = null;
  /** Milliseconds that the last look at all networks took: they are no time to train. */
  let looking = 0;
  let before: Promise<void> = Promise.resolve();

  async function begin(message: Extract<ToLab, { kind: 'open' }>): Promise<void> {
    session = null;
    session = await open(message);
    const { steps, measures, points, commands } = session;
    if (digit) session.see?.(digit);
    const frame = session.advance(0, () => true);
    answer({ kind: 'opened', id: message.id, steps, measures, points, commands, frame }, arraysOf(frame));
  }

  function advance({ id, to, ms }: Extract<ToLab, { kind: 'advance' }>): void {
    if (!session) return;
    let trained = performance.now();
    const end = trained + Math.max(LEAST_MS, ms - looking);
    const frame = session.advance(to, () => {
      trained = performance.now();
      return trained >= end;
    });
    looking = performance.now() - trained;
    answer({ kind: 'frame', id, frame }, arraysOf(frame));
  }

  function survey({ id, cells }: Extract<ToLab, { kind: 'survey' }>): void {
    const surface = session?.survey?.(cells) ?? null;
    answer({ kind: 'surveyed', id, surface }, surface ? [surface.grid.losses.buffer] : []);
  }

  async function hear(message: ToLab): Promise<void> {
    try {
      if (message.kind === 'open') await begin(message);
      else if (message.kind === 'advance') advance(message);
      else if (message.kind === 'survey') survey(message);
      else {
        digit = message.digit;
        answer({ kind: 'seen', id: message.id, frame: session?.see?.(digit) ?? null });
      }
    } catch (error) {
      const said = error instanceof WhorlError ? error.said : { en: String(error), zh: String(error) };
      answer({ kind: 'failed', id: message.id, said });
    }
  }

  scope.addEventListener('message', ({ data }) => {
    before = before.then(() => hear(data));
  });
}
