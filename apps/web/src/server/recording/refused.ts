import { type Text, WhorlError } from '@whorl/core';
import { SaidError } from '../access/said-error.ts';

/** What a training that is sent to be recorded is refused with. */
export const refused = (en: string, zh: string): SaidError => new SaidError('BAD_REQUEST', { en, zh });

/** What `read` gives; what it throws on purpose is told to who sent it. */
export async function reading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof WhorlError) throw new SaidError('BAD_REQUEST', error.said satisfies Text);
    throw error;
  }
}
