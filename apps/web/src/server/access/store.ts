import { sameText, type Text } from '@whorl/core';
import type { Store, StoreError } from '@whorl/store';
import { findRunning, getRunning } from '#process/running.ts';

// Pages import only types of the store. The server opens it outside of Next.js's bundle, because it reads migrations from
// its own folder and loads a native driver.

/** The record, which the server opened when it started. */
export function getStore(): Store {
  const { store } = getRunning();
  if (!store) throw new Error('the record is not open: start the app with whorl serve');
  return store as Store;
}

/**
 * The error, if it is one of the store's, else null. Recognised by name: the class in this bundle is another one than the
 * server's.
 */
export function asStoreError(error: unknown): StoreError | null {
  return error instanceof Error && error.name === 'StoreError' ? (error as StoreError) : null;
}

/** Where errors are logged, for messages. */
export function logName(): Text {
  const log = findRunning()?.settings.log;
  return log === undefined ? { en: 'the server log', zh: '服务器日志' } : sameText(log);
}
