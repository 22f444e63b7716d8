import { foldPattern, foldText, isoInZone, naturalKey, withoutPaths } from '@whorl/core';
import type Database from 'better-sqlite3';

// What SQLite lacks: it folds only ASCII letters, sorts texts by bytes, and knows neither time zones nor paths.

/** Adds `fold`, `fold_pattern`, `natural`, `without_paths` and `in_zone` to a connection; each gives NULL for NULL. */
export function addFunctions(db: Database.Database): void {
  const add = (name: string, of: (...texts: string[]) => string) =>
    db.function(name, { deterministic: true, varargs: true }, (...values: unknown[]) =>
      values.includes(null) ? null : of(...values.map(String)),
    );
  add('fold', foldText);
  add('fold_pattern', foldPattern);
  add('natural', naturalKey);
  add('without_paths', withoutPaths);
  add('in_zone', (moment = '', timeZone = '') => isoInZone(Date.parse(moment), timeZone));
}
