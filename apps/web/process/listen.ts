import type { Server } from 'node:http';
import { networkInterfaces } from 'node:os';
import { isLoopback } from './env.ts';

const TRIES = 50;

/**
 * Listens on the port, or on the next free one, and gives the port.
 * @param tries how many ports to try; 1 where it must be this one
 */
export async function listen(server: Server, host: string, port: number, tries = TRIES): Promise<number> {
  for (let at = port; ; at++) {
    try {
      await listenOnce(server, host, at);
      const address = server.address();
      return typeof address === 'object' && address ? address.port : at;
    } catch (error) {
      const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!taken || at - port + 1 >= tries || at >= 65_535) throw error;
    }
  }
}

function listenOnce(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void) => {
      server.removeAllListeners('error');
      server.removeAllListeners('listening');
      done();
    };
    server.once('error', (error) => settle(() => reject(error)));
    server.once('listening', () => settle(resolve));
    server.listen(port, host.replace(/^\[|\]$/g, ''));
  });
}

/**
 * The address to show to people. A server that listens on all interfaces is shown at the machine's first external address.
 */
export function addressOf(host: string, port: number): string {
  const everywhere = host === '0.0.0.0' || host === '::';
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((item) => item && !item.internal && item.family === 'IPv4')?.address;
  const name = everywhere ? (outside ?? '127.0.0.1') : host;
  const bracketed = name.includes(':') && !name.startsWith('[') ? `[${name}]` : name;
  return `http://${isLoopback(name) && !name.includes(':') ? name : bracketed}:${port}`;
}
