import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Handler } from './answer.ts';

// Two hundred pages that watch one share open the same page and ask the same, every second. One of them is answered from the
// record, the others with the same bytes: those that came before it began to be answered, and while the record stands still
// those that come after it.

interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/** Who was answered went away before the end, or the answer is one that others are not given. */
type NoAnswer = 'broken off' | 'not for others';

/** An answer to a question: one at a time is found, and at most one waits its turn, for all who come in the meantime. */
interface Kept {
  readonly answer: Promise<Answer | NoAnswer>;
  /** The record's when it began to be answered; null while it waits its turn. */
  revision: string | null;
  /** How long the answer is; 0 while it is not there. */
  bytes: number;
  /** When it began, by `performance.now`; -Infinity while it waits. */
  since: number;
}

/** As long as an answer is kept, at most: a link expires, and a run's duration grows, without a change of the record. */
const LONGEST_MS = 1_000;
/** How long after it was begun to be answered a question is answered anew, at least: a run that trains changes the record 20 times a second. */
const APART_MS = 250;
const MOST_ANSWERS = 200;
const MOST_BYTES = 500_000;
/** Of all answers together: whoever asks with another cookie each time gets no more of the memory than this. */
const MOST_BYTES_OF_ALL = 20_000_000;

/** A page, or what a procedure is asked by GET; a live stream is no answer that ends. */
const QUESTION = /^(?:\/zh)?\/s\/[^/]+(?:\/runs\/[^/]+)?\/?(?:\?.*)?$|^\/s\/[^/]+\/trpc\/(?!.*live\.)/;
/** What an answer depends on besides the record and the address: the language, the time zone and how it is packed. */
const DEPENDS_ON = ['accept-language', 'accept-encoding', 'cookie'] as const;
/** With these, a part of a page is asked for, or only what is newer: those are few, and answered each for itself. */
const FOR_ONE = ['rsc', 'range', 'if-none-match', 'if-modified-since'] as const;
/** Of the connection, and not of the answer. */
const OF_CONNECTION = ['connection', 'keep-alive', 'transfer-encoding', 'date'];

/**
 * Answers questions that were just asked as they were answered then. Nobody is given what was true before they asked: an
 * answer that was begun at an older record is not theirs, and they wait, together, for the next one.
 * @param revision a word that is another one after any change of the record
 */
export function sameAnswers(revision: () => string, handle: Handler): Handler {
  const kept = new Map<string, Kept>();

  /** Lets the oldest answers go that are more than is kept. */
  function forget() {
    let bytes = [...kept.values()].reduce((sum, one) => sum + one.bytes, 0);
    for (const [key, one] of kept) {
      if (kept.size <= MOST_ANSWERS && bytes <= MOST_BYTES_OF_ALL) return;
      kept.delete(key);
      bytes -= one.bytes;
    }
  }

  /** Answers this request by itself once it is its turn after `before`, and keeps what it is told for the others. */
  async function find(key: string, before: Kept | undefined, request: IncomingMessage, response: ServerResponse) {
    const answer = listen(response);
    const mine: Kept = { answer, revision: null, bytes: 0, since: Number.NEGATIVE_INFINITY };
    kept.delete(key);
    kept.set(key, mine);
    void answer.then((made) => {
      mine.bytes = typeof made === 'string' ? 0 : made.body.length;
      forget();
    });
    await before?.answer;
    const early = before ? before.since + APART_MS - performance.now() : 0;
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    if (response.closed) return; // who asked went away
    mine.revision = revision();
    mine.since = performance.now();
    await handle(request, response);
  }

  return async (request, response) => {
    const isShared = request.method === 'GET' && QUESTION.test(request.url ?? '');
    if (!isShared || FOR_ONE.some((name) => request.headers[name] !== undefined)) return handle(request, response);
    const key = JSON.stringify([request.url, ...DEPENDS_ON.map((name) => request.headers[name])]);
    for (;;) {
      const found = kept.get(key);
      const isCurrent =
        found &&
        (found.revision === null || (found.revision === revision() && performance.now() - found.since < LONGEST_MS));
      if (!isCurrent) return find(key, found, request, response);
      const answer = await found.answer;
      if (answer === 'not for others') return handle(request, response);
      if (answer !== 'broken off') return give(response, answer);
      if (kept.get(key) === found) kept.delete(key);
    }
  };
}

function give(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'Content-Length': body.length }).end(body);
}

/**
 * What will have been answered. It is whole once it is made, however slowly the one reads who asked first: others wait for
 * it.
 */
function listen(response: ServerResponse<IncomingMessage>): Promise<Answer | NoAnswer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  const hear = (part: unknown) => {
    if (typeof part !== 'string' && !(part instanceof Uint8Array)) return;
    bytes += part.length;
    if (bytes <= MOST_BYTES) parts.push(Buffer.from(part as string));
    else parts.length = 0;
  };
  return new Promise((resolve) => {
    const [write, end] = [response.write.bind(response), response.end.bind(response)] as unknown as ((
      ...what: unknown[]
    ) => never)[];
    response.write = (...what: unknown[]) => {
      hear(what[0]);
      const isTaken = write?.(...what) as unknown as boolean;
      return isTaken || bytes <= MOST_BYTES;
    };
    response.end = (...what: unknown[]) => {
      hear(what[0]);
      const { statusCode: status } = response;
      const headers = response.getHeaders();
      if (bytes > MOST_BYTES || status >= 500 || headers['set-cookie'] !== undefined) resolve('not for others');
      else {
        const kept = Object.entries(headers).filter(([name]) => !OF_CONNECTION.includes(name));
        resolve({ status, headers: Object.fromEntries(kept), body: Buffer.concat(parts) });
      }
      return end?.(...what) as never;
    };
    response.once('close', () => resolve('broken off')); // after its end it says nothing new
  });
}
