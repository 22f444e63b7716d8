import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page of somebody else, at an address of its own on this machine. */
export async function elsewhere(page: string) {
  const server = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end(page));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}
