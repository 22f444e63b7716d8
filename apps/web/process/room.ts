import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

// An open connection costs a file descriptor. Somebody who opens many and sends a byte a second must not keep others out.

/** Most connections that have not finished a request, or are idle. */
const MOST_WAITING = 500;
/** Most connections in total, including those that are being answered (`guest-limits.ts`). */
const MOST = 2_000;
const HEAD_MS = 10_000;
const QUESTION_MS = 20_000;
/**
 * A connection is closed after this long without a byte in either direction. Live pages are sent something every five
 * seconds.
 */
const SILENCE_MS = 30_000;

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/**
 * Keeps room for new connections: where too many are waiting, the oldest is closed, and so is any that is silent or does not
 * read its answer.
 */
export function keepRoom(server: Server, mostWaiting = MOST_WAITING): void {
  server.maxConnections = MOST;
  server.headersTimeout = HEAD_MS;
  server.requestTimeout = QUESTION_MS;
  server.timeout = SILENCE_MS;
  const waiting = new Set<Socket>(); // a Set keeps its order, so the oldest is first
  const wait = (socket: Socket) => {
    waiting.add(socket);
    const [oldest] = waiting;
    if (waiting.size > mostWaiting) oldest?.destroy();
  };
  server.on('connection', (socket: Socket) => {
    socket.once('close', () => waiting.delete(socket));
    wait(socket);
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    const isWhole = () => void waiting.delete(socket);
    if (hasBody(request)) request.once('end', isWhole);
    else isWhole();
    response.once('close', () => {
      waiting.delete(socket);
      if (!socket.destroyed) wait(socket);
    });
  });
}
