import { ParamConflict, StoreError, type StoreErrorCode } from '@whorl/store';

// What goes wrong is said in MLflow's own codes, statuses and words: its clients act on them. A status of 500 or above makes
// the client ask again for minutes, so nothing that came with the request may lead to one.

const STATUS = {
  BAD_REQUEST: 400,
  INVALID_PARAMETER_VALUE: 400,
  RESOURCE_ALREADY_EXISTS: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  RESOURCE_DOES_NOT_EXIST: 404,
  ENDPOINT_NOT_FOUND: 404,
  REQUEST_LIMIT_EXCEEDED: 429,
  INTERNAL_ERROR: 500,
  NOT_IMPLEMENTED: 501,
  TEMPORARILY_UNAVAILABLE: 503,
} as const;
export type ErrorCode = keyof typeof STATUS;

/** What is answered in the place of what was asked for. */
export class MlflowError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
  get status(): number {
    return STATUS[this.code];
  }
}

export const invalidParameter = (message: string): MlflowError => new MlflowError('INVALID_PARAMETER_VALUE', message);
export const doesNotExist = (message: string): MlflowError => new MlflowError('RESOURCE_DOES_NOT_EXIST', message);

const OF_STORE: Readonly<Record<StoreErrorCode, ErrorCode>> = {
  'not-found': 'RESOURCE_DOES_NOT_EXIST',
  'bad-input': 'INVALID_PARAMETER_VALUE',
  conflict: 'INVALID_PARAMETER_VALUE',
  damaged: 'BAD_REQUEST', // asking again mends nothing
  unusable: 'TEMPORARILY_UNAVAILABLE',
  'disk-full': 'TEMPORARILY_UNAVAILABLE',
  'read-only': 'PERMISSION_DENIED',
  busy: 'TEMPORARILY_UNAVAILABLE',
};

/** Any failure as MLflow's. What is nobody's input is printed, and told without its text. */
export function asMlflowError(error: unknown): MlflowError {
  if (error instanceof MlflowError) return error;
  if (error instanceof ParamConflict) {
    return invalidParameter(
      `Changing param values is not allowed. Param with key='${error.key}' was already logged with value='${error.before}' ` +
        `for run ID='${error.runId}'. Attempted logging new value '${error.given}'.`,
    );
  }
  if (error instanceof StoreError) return new MlflowError(OF_STORE[error.code], error.message);
  console.error(error);
  return new MlflowError('INTERNAL_ERROR', 'Whorl failed to answer; what it printed says why');
}
