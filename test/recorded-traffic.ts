import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

// What a program with MLflow's client says to a server, word for word, so that it can be said again where the program
// cannot run: PyTorch takes gigabytes.

/** A request, and what came of it. */
export interface RecordedCall {
  readonly method: string;
  readonly path: string;
  readonly type: string;
  /** UTF-8, or base64 where that would lose bytes. */
  readonly body: string;
  readonly base64?: true;
  readonly status: number;
  /** The ids that the server made for it. */
  readonly ids: readonly string[];
}

/** The ids in an answer of what the request made or asked for by its name. */
function idsOf(path: string, answer: string): string[] {
  if (!/\/(?:create|get-by-name|logged-models)(?:$|\?)/.test(path)) return [];
  const said = JSON.parse(answer) as {
    experiment_id?: string;
    experiment?: { experiment_id?: string };
    run?: { info?: { run_id?: string } };
    model?: { info?: { model_id?: string } };
  };
  const id =
    said.experiment_id ?? said.experiment?.experiment_id ?? said.run?.info?.run_id ?? said.model?.info?.model_id;
  return id === undefined ? [] : [id];
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Passes all that it is asked on to `target`, and keeps it. */
export async function startRecorder(target: string) {
  const calls: RecordedCall[] = [];
  const server = createServer(async (request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    const body = await bytesOf(request);
    const type = headers['content-type'] ?? '';
    const answer = await fetch(target + url, {
      method,
      headers: { authorization: headers.authorization ?? '', ...(type && { 'content-type': type }) },
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    });
    const said = Buffer.from(await answer.arrayBuffer());
    const text = body.toString('utf8');
    const isText = Buffer.from(text).equals(body);
    calls.push({
      method,
      path: url,
      type,
      body: isText ? text : body.toString('base64'),
      ...(!isText && { base64: true }),
      status: answer.status,
      ids: idsOf(url, said.toString('utf8')),
    });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
    response.end(said);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, calls, close: () => server.close() };
}

/** Says recorded calls again, with the ids that this server gives. @returns those that it answered with another status */
export async function replay(calls: readonly RecordedCall[], url: string, token: string): Promise<string[]> {
  const given = new Map<string, string>();
  const here = (text: string) => [...given].reduce((said, [old, now]) => said.replaceAll(old, now), text);
  const others: string[] = [];
  for (const { method, path, type, body, base64, status, ids } of calls) {
    const answer = await fetch(url + here(path), {
      method,
      headers: { authorization: `Bearer ${token}`, ...(type && { 'content-type': type }) },
      ...(body !== '' && { body: base64 ? Buffer.from(body, 'base64') : here(body) }),
    });
    const said = await answer.text();
    if (answer.status !== status) others.push(`${method} ${path}: ${answer.status} and not ${status}: ${said}`);
    else for (const [i, now] of idsOf(path, said).entries()) given.set(ids[i] ?? '', now);
  }
  return others;
}
