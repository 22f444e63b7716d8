import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

// A connection costs a descriptor for as long as it is open. Who opens many and says little, a letter a second, must not
// keep others out.

/** Connections that have not said all of a question, or that ask nothing. */
const MOST_WAITING = 500;
/** All connections: those and what is being answered (`guest-limits.ts`). */
const MOST = 2_000;
const HEAD_MS = 10_000;
const QUESTION_MS = 20_000;
/** Without a byte taken or given; a live page is told something every five seconds. */
const SILENCE_MS = 30_000;

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/**
 * Keeps room for who comes: of the connections that have not asked to the end the oldest goes when there are too many, and
 * any goes that is silent or does not take its answer.
 */
export function keepRoom(server: Server, mostWaiting = MOST_WAITING): void {
  server.maxConnections = MOST;
  server.headersTimeout = HEAD_MS;
  server.requestTimeout = QUESTION_MS;
  server.timeout = SILENCE_MS;
  const waiting = new Set<Socket>(); // in order, the oldest first
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
