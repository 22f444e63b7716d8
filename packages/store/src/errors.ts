import { type Text, WhorlError } from '@whorl/core';

/** What went wrong, in a word that survives the wire. */
export type StoreErrorCode = 'not-found' | 'bad-input' | 'conflict' | 'unusable' | 'disk-full';

/** An operation on the record that could not be done. Nothing of it was written. */
export class StoreError extends WhorlError {
  readonly code: StoreErrorCode;
  constructor(code: StoreErrorCode, message: string | Text, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The SQLite result code of an error from the driver, however Prisma wrapped it. */
export function sqliteCode(error: unknown): string | undefined {
  for (let at = error, depth = 0; at && depth < 6; at = (at as { cause?: unknown }).cause, depth += 1) {
    const { code, originalCode, message } = at as { code?: unknown; originalCode?: unknown; message?: unknown };
    for (const candidate of [code, originalCode]) {
      if (typeof candidate === 'string' && candidate.startsWith('SQLITE_')) return candidate;
    }
    const found = /SQLITE_[A-Z_]+/.exec(String(message))?.[0];
    if (found) return found;
    if (String(message).startsWith('database or disk is full')) return 'SQLITE_FULL'; // the schema engine keeps no code
  }
  return undefined;
}

/** The same error as a {@link StoreError} where it is about the disk or the file and not about us. */
export function explainSqlite(error: unknown, file: string): unknown {
  const code = sqliteCode(error) ?? (error as NodeJS.ErrnoException | null)?.code ?? '';
  const cause = { cause: error };
  // SHMSIZE: no room for the index of the write-ahead log.
  if (/^(SQLITE_FULL|SQLITE_IOERR_SHMSIZE|ENOSPC|EDQUOT)/.test(code)) {
    return new StoreError(
      'disk-full',
      {
        en: `the disk that holds ${file} is full; free some space and run the command again`,
        zh: `${file} 所在的磁盘已满；请腾出空间后重新运行命令`,
      },
      cause,
    );
  }
  if (code.startsWith('SQLITE_CORRUPT')) {
    return new StoreError(
      'unusable',
      {
        en: `${file} is damaged; put a copy in its place, or move it away and Whorl starts a new one`,
        zh: `${file} 已损坏；请换上备份，或将它移走，Whorl 会新建一份`,
      },
      cause,
    );
  }
  if (code.startsWith('SQLITE_NOTADB')) {
    return new StoreError(
      'unusable',
      {
        en: `${file} is not a Whorl database; move it away, or set WHORL_HOME to another folder`,
        zh: `${file} 不是 Whorl 的数据库；请将它移走，或将 WHORL_HOME 设为另一个文件夹`,
      },
      cause,
    );
  }
  if (/^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|EACCES|EPERM|EROFS|ENOTDIR|ENOENT|EEXIST)/.test(code)) {
    return new StoreError(
      'unusable',
      {
        en: `cannot write ${file} (${code}); make its folder writable, or set WHORL_HOME to one that is`,
        zh: `无法写入 ${file}（${code}）；请使其所在文件夹可写，或将 WHORL_HOME 设为可写的文件夹`,
      },
      cause,
    );
  }
  return error;
}
