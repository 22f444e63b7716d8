import type { Store } from '@whorl/store';
import type { z } from 'zod';
import { invalidParameter } from './errors.ts';
import { REQUIRED } from './fields.ts';

/** What an answer is made from. */
export interface Serving {
  readonly store: Store;
  /** ms since 1970 */
  readonly now: () => number;
}

/** Something that a client can ask. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/api/2.0/mlflow` and `/ajax-api/2.0/mlflow`. */
  readonly path: string;
  /** Who may: whoever the app itself answers, by token or on this machine; never who has a link. */
  readonly who: 'owner';
  /** Fields of an address that may come several times. */
  readonly repeated: readonly string[];
  answer(serving: Serving, message: unknown): Promise<object> | object;
}

interface Options {
  readonly repeated?: readonly string[];
}

/** A route that checks its message before it answers. */
export function route<S extends z.ZodType>(
  method: Route['method'],
  path: string,
  message: S,
  answer: (serving: Serving, message: z.output<S>) => Promise<object> | object,
  { repeated = [] }: Options = {},
): Route {
  return {
    method,
    path,
    who: 'owner',
    repeated,
    answer: (serving, given) => {
      const parsed = message.safeParse(given);
      if (!parsed.success) throw invalidParameter(`${saidOf(parsed.error.issues[0], given)}${SEE_DOCS}`);
      return answer(serving, parsed.data);
    },
  };
}

const SEE_DOCS = ' See the API docs for more information about request parameters.';
const MOST_SHOWN = 200;

/** What is wrong with a field, in MLflow's words. */
function saidOf(issue: z.core.$ZodIssue | undefined, message: unknown): string {
  const path = issue?.path ?? [];
  const name = path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
  const value = path.reduce<unknown>(
    (at, part) => (at as Record<PropertyKey, unknown> | null | undefined)?.[part],
    message,
  );
  if (value === undefined || value === null || issue?.message === REQUIRED) {
    return `Missing value for required parameter '${name}'.`;
  }
  const shown = JSON.stringify(value).slice(0, MOST_SHOWN);
  const hint =
    issue?.code === 'custom' && issue.message ? ` ${issue.message}` : ` Hint: Value was of type '${kindOf(value)}'.`;
  return `Invalid value ${shown} for parameter '${name}' supplied: ${hint}`;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return { string: 'str', boolean: 'bool', object: 'dict' }[typeof value as string] ?? typeof value;
}
