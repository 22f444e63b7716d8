import type { OpenedFile } from '@whorl/store';
import { asMlflowError, MlflowError } from './errors.ts';
import { EXPERIMENT_ROUTES } from './experiments.ts';
import { FILE_ROUTES, type FileQuestion, type FileRoute, fileRouteOf } from './file-routes.ts';
import { HISTORY_ROUTES } from './history.ts';
import { INPUT_ROUTES } from './inputs.ts';
import { LOGGING_ROUTES } from './logging.ts';
import { readMessage } from './message.ts';
import { MODEL_ROUTES } from './models.ts';
import type { Route, Serving } from './route.ts';
import { RUN_ROUTES } from './runs.ts';
import { SEARCH_EXPERIMENTS_ROUTES } from './search-experiments.ts';
import { SEARCH_ROUTES } from './search-runs.ts';
import { SERVER_ROUTES } from './server-info.ts';

/** Everything that a client can ask with a message. */
const ROUTES: readonly Route[] = [
  ...EXPERIMENT_ROUTES,
  ...SEARCH_EXPERIMENTS_ROUTES,
  ...RUN_ROUTES,
  ...LOGGING_ROUTES,
  ...INPUT_ROUTES,
  ...HISTORY_ROUTES,
  ...SEARCH_ROUTES,
  ...MODEL_ROUTES,
];

const PREFIXES = ['/api/2.0', '/ajax-api/2.0'];

/** Everything that a client can ask, by its whole address, with who may. */
export const MLFLOW_ADDRESSES: readonly { readonly method: string; readonly path: string; readonly who: 'owner' }[] = [
  ...SERVER_ROUTES.map(({ path, who }) => ({ method: 'GET', path, who })),
  ...PREFIXES.flatMap((prefix) => [
    ...ROUTES.map(({ method, path, who }) => ({ method, path: `${prefix}/mlflow${path}`, who })),
    ...FILE_ROUTES.map(({ method, prefix: path, who }) => ({ method, path: `${prefix}/mlflow-artifacts${path}`, who })),
  ]),
];

/** A question's address. */
export interface MlflowQuestion {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
}

export type MlflowAnswer =
  | { readonly status: number; readonly body: object; readonly etag?: string }
  | { readonly status: 200; readonly text: string }
  | { readonly status: 200; readonly file: OpenedFile };

/** What answers an address. */
export type Answering =
  | { readonly kind: 'server'; readonly answer: string | object }
  | { readonly kind: 'message'; readonly route: Route; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: 'file'; readonly route: FileRoute; readonly path: string };

const PREFIX = /^\/(?:ajax-)?api\/2\.0\/mlflow(?=\/)/;
const byName = new Map(ROUTES.map((found) => [`${found.method} ${found.path}`, found]));
const patterned = ROUTES.filter(({ path }) => path.includes(':'));

/** @throws MlflowError where nothing does */
export function answeringOf({ method, path }: MlflowQuestion): Answering {
  const server = SERVER_ROUTES.find((found) => found.path === path && method === 'GET');
  if (server) return { kind: 'server', answer: server.answer };
  const file = fileRouteOf(method, path);
  if (file) return { kind: 'file', ...file };
  const below = PREFIX.test(path) ? path.replace(PREFIX, '') : '';
  const exact = byName.get(`${method} ${below}`);
  if (exact) return { kind: 'message', route: exact, fields: {} };
  for (const route of patterned) {
    const fields = route.method === method ? fieldsIn(route.path.split('/'), below.split('/')) : null;
    if (fields) return { kind: 'message', route, fields };
  }
  if (/^\/(?:registered-models|model-versions)\//.test(below)) {
    throw new MlflowError('ENDPOINT_NOT_FOUND', 'Whorl has no model registry: log models to a run instead');
  }
  throw new MlflowError('ENDPOINT_NOT_FOUND', `Whorl has no ${method} ${path.slice(0, 200)}`);
}

/** What stands in the places of a pattern; null for another path. */
function fieldsIn(pattern: readonly string[], parts: readonly string[]): Readonly<Record<string, string>> | null {
  if (pattern.length !== parts.length) return null;
  const isIt = pattern.every((part, i) => part === parts[i] || (part.startsWith(':') && parts[i] !== ''));
  if (!isIt) return null;
  return Object.fromEntries(
    pattern.flatMap((part, i) => (part.startsWith(':') ? [[part.slice(1), parts[i] as string] as const] : [])),
  );
}

/** Answers a message. @param body as it came; empty of a GET @throws MlflowError */
export async function answerMessage(
  serving: Serving,
  { route, fields }: Extract<Answering, { kind: 'message' }>,
  query: URLSearchParams,
  body: string,
): Promise<MlflowAnswer> {
  const given = route.method === 'GET' ? fieldsOf(query, route) : readMessage(body);
  return { status: 200, body: await route.answer(serving, { ...given, ...fields }) };
}

/** Answers a question about files. @throws MlflowError */
export const answerFile = async (
  { route }: Extract<Answering, { kind: 'file' }>,
  question: FileQuestion,
): Promise<MlflowAnswer> => route.answer(question);

/** A failure as it is answered. */
export function refusalOf(error: unknown): MlflowAnswer {
  const { status, code, message } = asMlflowError(error);
  return { status, body: { error_code: code, message } };
}

const fieldsOf = (query: URLSearchParams, { repeated }: Route): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    [...new Set(query.keys())].map((key) => [key, repeated.includes(key) ? query.getAll(key) : query.get(key)]),
  );
