import { sameText, type Text } from '@whorl/core';
import type { Store, StoreError } from '@whorl/store';
import { findRunning, getRunning } from '#process/running.ts';

// The pages import the store's types and nothing else of it: the server opens it, outside of what Next.js bundles,
// because it reads its migrations beside itself and loads a native driver.

/** The record, opened by the server when it started. */
export function getStore(): Store {
  const { store } = getRunning();
  if (!store) throw new Error('the record is not open: start the app with whorl serve');
  return store as Store;
}

/** The error as one of the store's; null where it is another. Told by its name: the class is the server's. */
export function asStoreError(error: unknown): StoreError | null {
  return error instanceof Error && error.name === 'StoreError' ? (error as StoreError) : null;
}

/** Where what went wrong is written down. */
export function logName(): Text {
  const log = findRunning()?.settings.log;
  return log === undefined ? { en: 'the server log', zh: '服务器日志' } : sameText(log);
}
