import type { IncomingMessage, ServerResponse } from 'node:http';

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Lets the answers of procedures be compressed. Next.js decides that by their type, which it sets as a list of one and then
 * cannot read: the names of thousands of metrics went as they are, ten times as long.
 */
export function withPlainTypes(handle: Handler): Handler {
  return (request, response) => {
    const set = response.setHeader.bind(response);
    response.setHeader = (name, value) => {
      const isType = name.toLowerCase() === 'content-type' && Array.isArray(value);
      return set(name, isType ? (value[0] ?? '') : value);
    };
    return handle(request, response);
  };
}
