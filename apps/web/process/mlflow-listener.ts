import { randomBytes, randomInt } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { OpenedFile, Store } from '@whorl/store';
import { requestPath } from './access.ts';
import type { Handler } from './answer.ts';
import { isMlflow } from './mlflow/address.ts';
import {
  answerFile,
  answeringOf,
  answerMessage,
  type MlflowAnswer,
  type MlflowQuestion,
  refusalOf,
} from './mlflow/answer.ts';
import { invalidParameter, MlflowError } from './mlflow/errors.ts';
import { readMessage } from './mlflow/message.ts';
import { randomRunName } from './mlflow/run-names.ts';
import { Uploads } from './mlflow/uploads.ts';
import { readBodyText } from './request-body.ts';

// MLflow's protocol on the wire: what the pure functions of its room are asked, and what they answer.

const MOST_OF_FILES = 1_000_000;

/** Answers MLflow's protocol, and leaves all other addresses to `handle`. @param store the open record, where one is */
export function withMlflow(handle: Handler, store: () => Store | null): Handler {
  const uploads = new Uploads(() => randomBytes(16).toString('hex'));
  return async (request, response) => {
    const { url = '/', method = 'GET' } = request;
    const path = requestPath(url) ?? '';
    if (!isMlflow(path)) return handle(request, response);
    const query = new URLSearchParams(url.split('?')[1]?.split('#')[0]);
    const answer = await answerOf(request, { method, path, query }, store(), uploads).catch((error: unknown) =>
      request.socket.destroyed ? null : refusalOf(error),
    );
    if (answer !== null) await give(response, answer); // else who asked went away
  };
}

async function answerOf(
  request: IncomingMessage,
  asked: MlflowQuestion,
  store: Store | null,
  uploads: Uploads,
): Promise<MlflowAnswer> {
  const answering = answeringOf(asked);
  if (answering.kind === 'server') {
    const { answer } = answering;
    return typeof answer === 'string' ? { status: 200, text: answer } : { status: 200, body: answer };
  }
  if (store === null) throw new MlflowError('TEMPORARILY_UNAVAILABLE', 'No record is open at the moment');
  if (answering.kind === 'message') {
    const { method, mostBytes } = answering.route;
    const body =
      method === 'GET' || (method === 'DELETE' && !hasBody(request)) ? '' : await readJsonText(request, mostBytes);
    const serving = { store, now: Date.now, newName: () => randomRunName(randomInt) };
    return answerMessage(serving, answering, asked.query, body);
  }
  const { host = '', authorization, 'content-type': mediaType, 'x-forwarded-proto': scheme } = request.headers;
  return answerFile(answering, {
    ...{ store, uploads, path: answering.path, query: asked.query, mediaType, authorization },
    origin: `${scheme === 'https' ? 'https' : 'http'}://${host}`,
    bytes: request,
    json: async () => readMessage(await readJsonText(request, MOST_OF_FILES)),
  });
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** @throws MlflowError for a body that is too long, whatever length it says it has, or of another type */
async function readJsonText(request: IncomingMessage, most: number): Promise<string> {
  const [type] = request.headers['content-type']?.split(';') ?? [];
  if (type === undefined) throw invalidParameter('Bad Request. Content-Type header is missing.');
  if (type.trim().toLowerCase() !== 'application/json') {
    throw invalidParameter("Bad Request. Content-Type must be one of ['application/json'].");
  }
  const said = Number(request.headers['content-length'] ?? 0);
  if (said > most) throw tooLong(most, said);
  return readBodyText(request, most, tooLong);
}

const tooLong = (most: number, bytes: number): MlflowError =>
  invalidParameter(`Batched logging API requests must be at most ${most} bytes, got a request of size ${bytes}.`);

const COMMON = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' } as const;

async function give(response: ServerResponse, answer: MlflowAnswer): Promise<void> {
  if ('file' in answer) return giveFile(response, answer.file);
  const text = 'text' in answer ? answer.text : JSON.stringify(answer.body);
  response.writeHead(answer.status, {
    ...COMMON,
    'Content-Type': 'text' in answer ? 'text/plain; charset=utf-8' : 'application/json',
    'Content-Length': Buffer.byteLength(text),
    ...('etag' in answer && { ETag: `"${answer.etag}"` }),
  });
  response.end(text);
}

/** A file is somebody's: nothing of it runs here, whatever it says it is. */
async function giveFile(response: ServerResponse, file: OpenedFile): Promise<void> {
  const name = file.path.split('/').at(-1) ?? '';
  response.writeHead(200, {
    ...COMMON,
    'Content-Type': 'application/octet-stream',
    'Content-Length': file.size,
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
  });
  await pipeline(file.chunks(), response);
}
