import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Store, StoreError, type StoreErrorCode } from '@whorl/store';
import { z } from 'zod';
import type { Handler } from './answer.ts';
import { message, RUN_ID } from './log/message.ts';
import { take } from './log/take.ts';
import { readBodyText } from './request-body.ts';

const PREFIX = '/api/log/1/runs/';
/** A file of 16 MiB in base64, and what is around it. */
const MOST_BYTES = 23 * 2 ** 20;

/** Whether an address is one that programs log to: the owner's, by token or on this machine; never who has a link. */
const isLog = (path: string): boolean => path.startsWith('/api/log/');

const STATUS: Readonly<Record<StoreErrorCode, number>> = {
  'not-found': 404,
  'bad-input': 400,
  conflict: 409,
  damaged: 409,
  unusable: 503,
  'disk-full': 503,
  'read-only': 403,
  busy: 503,
};

class Refused extends Error {
  readonly status: number;
  constructor(status: number, said: string) {
    super(said);
    this.status = status;
  }
}

/** Answers what programs with our client tell of their runs, and leaves all other addresses to `handle`. */
export function withLog(handle: Handler, store: () => Store | null): Handler {
  return async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    if (!isLog(pathname)) return handle(request, response);
    allowPage(request, response);
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    const { status, body } = await answered(request, pathname, store());
    response.writeHead(status, {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(JSON.stringify(body));
  };
}

/** Of a page of another address, which the door let through, a browser asks whether it may. */
function allowPage({ headers }: IncomingMessage, response: ServerResponse): void {
  if (headers.origin === undefined) return;
  response.setHeader('Access-Control-Allow-Origin', headers.origin);
  response.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type');
  response.setHeader('Access-Control-Allow-Methods', 'POST');
  response.setHeader('Access-Control-Max-Age', '600');
  response.setHeader('Vary', 'Origin');
}

async function answered(request: IncomingMessage, path: string, store: Store | null) {
  try {
    const runId = path.startsWith(PREFIX) ? path.slice(PREFIX.length) : '';
    if (!RUN_ID.test(runId)) throw new Refused(404, `expected ${PREFIX}<id>, got ${path}`);
    if (request.method !== 'POST') throw new Refused(405, `expected POST, got ${request.method}`);
    if (store === null) throw new Refused(503, 'the record cannot be opened at the moment; try again');
    const parsed = message.safeParse(await readJson(request));
    if (!parsed.success) throw new Refused(400, z.prettifyError(parsed.error));
    await take(store, runId, parsed.data);
    return { status: 200, body: {} };
  } catch (error) {
    if (error instanceof Refused) return { status: error.status, body: { message: error.message } };
    if (error instanceof StoreError) return { status: STATUS[error.code], body: { message: error.message } };
    console.error(error);
    return { status: 500, body: { message: 'Whorl failed to answer; what it printed says why' } };
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const text = await readBodyText(request, MOST_BYTES, tooLong);
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused(400, 'expected JSON');
  }
}

const tooLong = (most: number): Refused => new Refused(413, `expected at most ${most} bytes`);
