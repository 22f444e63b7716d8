import { invalidParameter } from './errors.ts';

// Where the next part of a list begins, as text that means nothing to who is given it. A part begins behind the last thing of
// the one before, not after so many: what comes in the meantime makes none come twice, and none be left out.

export type ListPlace = readonly (number | string | null)[];

/** JSON has no infinities: a number travels as a list of its text. */
export const pageToken = (place: ListPlace): string =>
  Buffer.from(JSON.stringify(place.map((value) => (typeof value === 'number' ? [String(value)] : value)))).toString(
    'base64url',
  );

/** @throws MlflowError for a text that is none, or of another list */
export function readPageToken(token: string | undefined, length: number): ListPlace | null {
  if (token === undefined || token === '') return null;
  let given: unknown;
  try {
    given = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch {
    throw invalidParameter('Invalid page token, could not base64-decode');
  }
  if (!Array.isArray(given) || given.length !== length)
    throw invalidParameter('Invalid page token, it is of another search');
  return given.map((value: unknown) => {
    if (value === null || typeof value === 'string') return value;
    const [number] = Array.isArray(value) && value.length === 1 ? value : [];
    if (typeof number === 'string' && (number === 'NaN' || !Number.isNaN(Number(number)))) return Number(number);
    throw invalidParameter('Invalid page token, it is of another search');
  });
}
