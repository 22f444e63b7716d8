import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Handler } from './answer.ts';

// Two hundred pages that watch one share open the same page and ask the same questions every second. One request is answered
// from the record. The others get the same bytes: those that came before that answer was begun and, as long as the record
// does not change, those that come after it.

interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/** The client went away before the end, or the answer may not be given to others. */
type NoAnswer = 'broken off' | 'not for others';

/**
 * The answer to a question. At any time one is being computed, and at most one more waits, for all requests that come in the
 * meantime.
 */
interface Kept {
  readonly answer: Promise<Answer | NoAnswer>;
  /** The record's revision when the computation began; null while it waits. */
  revision: string | null;
  /** The size of the answer; 0 until it is there. */
  bytes: number;
  /** When the computation began, by `performance.now`; -Infinity while it waits. */
  since: number;
}

/** An answer is kept for at most this long, because links expire and durations grow without a change of the record. */
const LONGEST_MS = 1_000;
/** The same question is computed at most this often: a run that trains changes the record 20 times a second. */
const APART_MS = 250;
const MOST_ANSWERS = 200;
const MOST_BYTES = 500_000;
/** Most bytes of all kept answers, so that requests with ever new cookies cannot fill the memory. */
const MOST_BYTES_OF_ALL = 20_000_000;

/** Pages, and procedures asked by GET. Live streams do not end and are not shared. */
const QUESTION = /^(?:\/zh)?\/s\/[^/]+(?:\/runs\/[^/]+)?\/?(?:\?.*)?$|^\/s\/[^/]+\/trpc\/(?!.*live\.)/;
/** Headers on which an answer depends, besides the record and the address: language, time zone and compression. */
const DEPENDS_ON = ['accept-language', 'accept-encoding', 'cookie'] as const;
/** Headers that ask for a part, or only for something newer. Such requests are rare, and answered one by one. */
const FOR_ONE = ['rsc', 'range', 'if-none-match', 'if-modified-since'] as const;
/** Headers that belong to the connection, not to the answer. */
const OF_CONNECTION = ['connection', 'keep-alive', 'transfer-encoding', 'date'];

/**
 * Gives requests the answer of an equal request. Nobody gets what was true before they asked: an answer that was begun at an
 * older revision is not reused; such requests wait together for the next one.
 * @param revision differs after any change of the record
 */
export function sameAnswers(revision: () => string, handle: Handler): Handler {
  const kept = new Map<string, Kept>();

  /** Drops the oldest answers until the rest fits. */
  function forget() {
    let bytes = [...kept.values()].reduce((sum, one) => sum + one.bytes, 0);
    for (const [key, one] of kept) {
      if (kept.size <= MOST_ANSWERS && bytes <= MOST_BYTES_OF_ALL) return;
      kept.delete(key);
      bytes -= one.bytes;
    }
  }

  /** Answers this request once `before` is done, and keeps what is sent for the others. */
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
    if (response.closed) return; // the client has gone away
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
 * Captures an answer while it is sent. It counts as whole once the app has produced it, however slowly its first reader
 * takes it, because others wait for it.
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
    response.once('close', () => resolve('broken off')); // nothing more is said after the end
  });
}
