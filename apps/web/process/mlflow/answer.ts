import { asMlflowError, MlflowError } from './errors.ts';
import { EXPERIMENT_ROUTES } from './experiments.ts';
import type { Route, Serving } from './route.ts';
import { RUN_ROUTES } from './runs.ts';

/** Everything that a client can ask, below each of the prefixes. */
export const MLFLOW_ROUTES: readonly Route[] = [...EXPERIMENT_ROUTES, ...RUN_ROUTES];

const PREFIX = /^\/(?:ajax-)?api\/2\.0\/mlflow(?=\/)/;
const byName = new Map(MLFLOW_ROUTES.map((found) => [`${found.method} ${found.path}`, found]));

/** Whether a path is one of the protocol's. */
export const isMlflow = (path: string): boolean => /^\/(?:ajax-)?api\/\d\.0\/mlflow(?:-artifacts)?(?:\/|$)/.test(path);

/** A question: the path of its address, the fields of its address, and its body where it is JSON. */
export interface MlflowQuestion {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export interface MlflowAnswer {
  readonly status: number;
  readonly body: object;
}

/** Answers a question as MLflow's server does. Nothing is thrown. */
export async function answerMlflow(
  serving: Serving,
  { method, path, query, body }: MlflowQuestion,
): Promise<MlflowAnswer> {
  try {
    const found = byName.get(`${method} ${path.replace(PREFIX, '')}`);
    if (!found) throw new MlflowError('ENDPOINT_NOT_FOUND', `Whorl has no ${method} ${path}`);
    const message = method === 'GET' ? fieldsOf(query, found) : body;
    return { status: 200, body: await found.answer(serving, message) };
  } catch (error) {
    const { status, code, message } = asMlflowError(error);
    return { status, body: { error_code: code, message } };
  }
}

const fieldsOf = (query: URLSearchParams, { repeated }: Route): object =>
  Object.fromEntries(
    [...query.keys()].map((key) => [key, repeated.includes(key) ? query.getAll(key) : query.get(key)]),
  );
