import { WhorlError } from '@whorl/core';
import type { FromLab, LabFrame, ToLab } from '../model/messages.ts';
import { LabSession } from '../model/session.ts';

// The worker of a lab: it trains what the page asks for. One message is answered after the other.

/** Milliseconds of training between two looks, however long these take. */
const LEAST_MS = 6;

/** What of a worker's own scope is used here: pages and workers have types that do not go together. */
const scope = self as unknown as {
  postMessage(message: FromLab, given: Transferable[]): void;
  addEventListener(type: 'message', hear: (event: MessageEvent<ToLab>) => void): void;
};

let session: LabSession | null = null;
/** Milliseconds that the last look at all networks took: they are no time to train. */
let looking = 0;
let before: Promise<void> = Promise.resolve();

const answer = (message: FromLab, given: Transferable[] = []) => scope.postMessage(message, given);

const arraysOf = ({ cells }: LabFrame): Transferable[] =>
  cells.flatMap(({ picture, units, network, rows }) => [
    ...[picture.buffer, units.buffer, rows.buffer],
    ...(network ? [network.pictures.buffer, network.weights.buffer] : []),
  ]);

async function hear(message: ToLab): Promise<void> {
  try {
    if (message.kind === 'open') {
      session = null;
      session = await LabSession.open(message);
      const { steps, measures, points, commands } = session;
      const frame = session.advance(0, () => true);
      answer({ kind: 'opened', id: message.id, steps, measures, points, commands, frame }, arraysOf(frame));
    } else if (session) {
      let trained = performance.now();
      const end = trained + Math.max(LEAST_MS, message.ms - looking);
      const frame = session.advance(message.to, () => {
        trained = performance.now();
        return trained >= end;
      });
      looking = performance.now() - trained;
      answer({ kind: 'frame', id: message.id, frame }, arraysOf(frame));
    }
  } catch (error) {
    const said = error instanceof WhorlError ? error.said : { en: String(error), zh: String(error) };
    answer({ kind: 'failed', id: message.id, said });
  }
}

scope.addEventListener('message', ({ data }) => {
  before = before.then(() => hear(data));
});
