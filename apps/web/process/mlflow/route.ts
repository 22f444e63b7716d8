import type { Store } from '@whorl/store';
import { z } from 'zod';
import { invalidParameter } from './errors.ts';
import { REQUIRED, text } from './fields.ts';

/** What an answer is made from. */
export interface Serving {
  readonly store: Store;
  /** ms since 1970 */
  readonly now: () => number;
  /** A name for a run that was given none. */
  readonly newName: () => string;
}

/** Something that a client can ask. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the prefixes; `:name` stands for a part of the path, which is a field of the message. */
  readonly path: string;
  /** Who may: whoever the app itself answers, by token or on this machine; never who has a link. */
  readonly who: 'owner';
  /** Fields of an address that may come several times. */
  readonly repeated: readonly string[];
  /** The longest body. */
  readonly mostBytes: number;
  /** @throws MlflowError */
  answer(serving: Serving, message: unknown): Promise<object> | object;
}

interface Options {
  readonly repeated?: readonly string[];
  readonly mostBytes?: number;
}

const MOST_BYTES = 1_000_000;

/** A route that checks its message before it answers. */
export function route<S extends z.ZodType>(
  method: Route['method'],
  path: string,
  message: S,
  answer: (serving: Serving, message: z.output<S>) => Promise<object> | object,
  { repeated = [], mostBytes = MOST_BYTES }: Options = {},
): Route {
  return {
    ...{ method, path, who: 'owner', repeated, mostBytes },
    answer: (serving, given) => {
      const parsed = message.safeParse(given);
      if (!parsed.success) throw invalidParameter(`${saidOf(parsed.error.issues[0], given)}${SEE_DOCS}`);
      return answer(serving, parsed.data);
    },
  };
}

/** A message about a run: older clients call its id `run_uuid`. */
export const withRun = <T extends z.ZodRawShape, C extends z.core.$ZodObjectConfig>(shape: z.ZodObject<T, C>) =>
  z.preprocess(
    (given) => {
      if (typeof given !== 'object' || given === null) return given;
      const { run_id, run_uuid } = given as { run_id?: unknown; run_uuid?: unknown };
      return { ...given, run_id: run_id || run_uuid };
    },
    shape.extend({ run_id: text }),
  );

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
  // An object may be of any depth: it is not shown.
  const shown =
    typeof value === 'object' ? (Array.isArray(value) ? '[...]' : '{...}') : JSON.stringify(value).slice(0, MOST_SHOWN);
  const said =
    issue?.code === 'custom' && issue.message ? issue.message : ` Hint: Value was of type '${kindOf(value)}'.`;
  return `Invalid value ${shown} for parameter '${name}' supplied: ${said}`;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return { string: 'str', boolean: 'bool', object: 'dict' }[typeof value as string] ?? typeof value;
}
