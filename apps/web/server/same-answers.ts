import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Handler } from './answer.ts';

// Two hundred pages that watch one share ask the same, every second. The record has changed once in that time: one of them
// is answered from it, the others with the same bytes.

interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

interface Kept {
  /** What was answered; null where that broke off or is too large to be kept. */
  readonly answer: Promise<Answer | null>;
  readonly since: number;
}

/** As long as an answer is kept, at most: a link expires, and a run's duration grows, without a change of the record. */
const LONGEST_MS = 1_000;
const MOST_ANSWERS = 200;
const MOST_BYTES = 500_000;

/** What a procedure is asked by GET; a live stream is no answer that ends. */
const QUESTION = /^\/s\/[^/]+\/trpc\/(?!.*live\.)/;
/** What an answer depends on besides the record and the address: the language, the time zone and how it is packed. */
const DEPENDS_ON = ['accept-language', 'accept-encoding', 'cookie'] as const;
/** Of the connection, and not of the answer. */
const OF_CONNECTION = ['connection', 'keep-alive', 'transfer-encoding', 'date'];

/**
 * Answers questions that were just asked as they were answered then.
 * @param revision a word that is another one after any change of the record
 */
export function sameAnswers(revision: () => string, handle: Handler): Handler {
  const kept = new Map<string, Kept>();
  let known = '';
  return async (request, response) => {
    if (request.method !== 'GET' || !QUESTION.test(request.url ?? '')) return handle(request, response);
    const now = revision();
    if (now !== known) kept.clear();
    known = now;
    const key = JSON.stringify([request.url, ...DEPENDS_ON.map((name) => request.headers[name])]);
    const found = kept.get(key);
    if (found && performance.now() - found.since < LONGEST_MS) {
      const answer = await found.answer;
      if (answer) return give(response, answer);
      return handle(request, response);
    }
    kept.delete(key);
    kept.set(key, { answer: listen(response), since: performance.now() });
    const [oldest] = kept.keys();
    if (kept.size > MOST_ANSWERS && oldest !== undefined) kept.delete(oldest);
    return handle(request, response);
  };
}

function give(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'Content-Length': body.length }).end(body);
}

/** What will have been answered. */
function listen(response: ServerResponse<IncomingMessage>): Promise<Answer | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  const hear = (part: unknown) => {
    if (typeof part !== 'string' && !(part instanceof Uint8Array)) return;
    bytes += part.length;
    if (bytes <= MOST_BYTES) parts.push(Buffer.from(part as string));
    else parts.length = 0;
  };
  for (const name of ['write', 'end'] as const) {
    const say = response[name].bind(response) as (...what: unknown[]) => never;
    response[name] = (...what: unknown[]) => {
      hear(what[0]);
      return say(...what);
    };
  }
  return new Promise((resolve) => {
    response.once('finish', () => {
      const headers = Object.entries(response.getHeaders()).filter(([name]) => !OF_CONNECTION.includes(name));
      const answer = { status: response.statusCode, headers: Object.fromEntries(headers), body: Buffer.concat(parts) };
      resolve(bytes > MOST_BYTES ? null : answer);
    });
    response.once('close', () => resolve(null)); // after `finish` it says nothing new
  });
}
