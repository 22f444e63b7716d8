import type { IncomingMessage } from 'node:http';

/** The body of a request as text; of one of more than `most` bytes no more is read, and `tooLong` makes what is thrown. */
export async function readBodyText(
  request: IncomingMessage,
  most: number,
  tooLong: (most: number, bytes: number) => Error,
): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > most) throw tooLong(most, bytes);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
