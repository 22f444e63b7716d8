import { invalidParameter, MlflowError } from './errors.ts';
import { snakeCased } from './snake-case.ts';

/** Integers of which a double is another one, where they stand as numbers. */
const LONG_INTEGER = /"(?:step|timestamp|start_time|end_time)"\s*:\s*(-?\d{16,})(?![\d.eE])/g;

/** The message that a body is; one without a letter is empty. @throws MlflowError for what is no JSON object */
export function readMessage(body: string): Readonly<Record<string, unknown>> {
  if (body.trim() === '') return {};
  let given: unknown;
  try {
    given = JSON.parse(body);
    if (typeof given === 'string') given = JSON.parse(given); // older clients encode it twice
  } catch {
    throw new MlflowError('BAD_REQUEST', 'The body of the request is not JSON');
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new MlflowError('BAD_REQUEST', 'The body of the request is not a JSON object');
  }
  for (const [, digits = ''] of body.matchAll(LONG_INTEGER)) {
    if (BigInt(Number(digits)) === BigInt(digits)) continue;
    throw invalidParameter(`Invalid value ${digits.slice(0, 50)}: expected an integer that a double holds exactly`);
  }
  return snakeCased(given as Readonly<Record<string, unknown>>, body);
}
