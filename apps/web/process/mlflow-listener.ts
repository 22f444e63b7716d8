import type { IncomingMessage } from 'node:http';
import type { Store } from '@whorl/store';
import type { Handler } from './answer.ts';
import { answerMlflow, isMlflow } from './mlflow/answer.ts';
import { MlflowError } from './mlflow/errors.ts';

const MOST_BYTES = 1_000_000;

/** Answers MLflow's protocol, and leaves all other addresses to `handle`. */
export function withMlflow(handle: Handler, store: () => Store | null): Handler {
  return async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://host');
    const opened = store();
    if (!isMlflow(url.pathname) || opened === null) return handle(request, response);
    let answer: { status: number; body: object };
    try {
      const body = await readJson(request);
      answer = await answerMlflow(
        { store: opened, now: Date.now },
        { method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, body },
      );
    } catch (error) {
      if (!(error instanceof MlflowError)) throw error;
      answer = { status: error.status, body: { error_code: error.code, message: error.message } };
    }
    const text = JSON.stringify(answer.body);
    response.writeHead(answer.status, {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(text),
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(text);
  };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new MlflowError('INVALID_PARAMETER_VALUE', `expected at most ${MOST_BYTES} bytes`);
    parts.push(part);
  }
  if (bytes === 0) return {};
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    throw new MlflowError('BAD_REQUEST', 'The body is not JSON');
  }
}
