import { isMlflow } from './mlflow/address.ts';
import { MlflowError } from './mlflow/errors.ts';

const CODES = {
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'ENDPOINT_NOT_FOUND',
  429: 'UNAUTHENTICATED',
} as const;

/**
 * What a client of MLflow is told that is not let in; null for another address. Who sent too many wrong tokens is not asked to wait:
 * the client would, and its script with it, for minutes.
 */
export function refuseMlflow(
  url: string,
  { status, message }: { readonly status: keyof typeof CODES; readonly message: string },
): { readonly status: number; readonly body: object } | null {
  if (!isMlflow(url.split(/[?#]/, 1)[0] ?? '')) return null;
  const error = new MlflowError(CODES[status], message);
  return { status: error.status, body: { error_code: error.code, message } };
}
