import type { FileOwner, Store } from '@whorl/store';
import { doesNotExist, invalidParameter } from './errors.ts';

const MOST_CHARACTERS = 1_000;

/** A file or a folder of a run or a logged model; its root where the path is empty. */
export interface FilePlace {
  readonly owner: FileOwner;
  readonly path: string;
}

/** @throws MlflowError for a path that is not a plain one below its root */
export function checkPath(path: string): void {
  const parts = path === '' ? [] : path.split('/');
  const isPlain = parts.every((part) => part !== '' && part !== '.' && part !== '..');
  if (!isPlain || /[\\\p{Cc}#]/u.test(path)) throw invalidParameter('Invalid path');
  if (path.length > MOST_CHARACTERS)
    throw invalidParameter(`Invalid path: expected at most ${MOST_CHARACTERS} characters`);
}

/**
 * What a path below the root of all files means: `<experiment>/<run>/artifacts/...` or `<experiment>/models/<model>/artifacts/...`.
 * @throws MlflowError where there is no such run or model
 */
export function placeOf(store: Store, whole: string): FilePlace {
  const trimmed = whole.replace(/^\/+|\/+$/g, '');
  checkPath(trimmed);
  const [experimentId = '', ...rest] = trimmed.split('/');
  const kind = rest[0] === 'models' && rest[2] === 'artifacts' ? 'model' : 'run';
  const [id = '', folder, ...inside] = kind === 'model' ? rest.slice(1) : rest;
  const found = kind === 'model' ? store.models.find(id)?.experimentId : store.logged.experimentOf(id);
  if (folder !== 'artifacts' || found !== experimentId) {
    throw doesNotExist(`No run or logged model has the path '${trimmed.slice(0, 200)}'`);
  }
  return { owner: { kind, id }, path: inside.join('/') };
}
