import Database from 'better-sqlite3';
import { addFunctions } from './functions.ts';

/** How long a connection waits for another program's write, in ms. */
export const BUSY_TIMEOUT_MS = 15_000;
/** Enough to keep the indexes of tens of thousands of runs in memory. */
const CACHE_KIB = 65_536;

/** Opens a database file, or makes it. @throws the error of SQLite */
export function connectTo(file: string, { readonly }: { readonly readonly: boolean }): Database.Database {
  const sqlite = new Database(file, { readonly, timeout: BUSY_TIMEOUT_MS });
  try {
    addFunctions(sqlite);
    sqlite.pragma('synchronous = NORMAL');
    sqlite.pragma('foreign_keys = ON');
    sqlite.pragma(`cache_size = -${CACHE_KIB}`);
    return sqlite;
  } catch (error) {
    sqlite.close();
    throw error;
  }
}
