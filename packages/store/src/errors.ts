import { type Text, WhorlError } from '@whorl/core';

/**
 * What went wrong, as a code that survives the wire. `unusable`: the record or its folder as a whole; `damaged`: one
 * thing in it, while the rest can be read; `read-only`: nothing can be written; `busy`: another program holds it.
 */
export type StoreErrorCode =
  | 'not-found'
  | 'bad-input'
  | 'conflict'
  | 'unusable'
  | 'damaged'
  | 'disk-full'
  | 'read-only'
  | 'busy';

/** An operation on the record that failed. Nothing of it was written. */
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

interface Explanation {
  readonly codes: RegExp;
  readonly code: StoreErrorCode;
  readonly said: (file: string, code: string) => Text;
}

const cannotWrite = (file: string, code: string): Text => ({
  en: `cannot write ${file} (${code}); make its folder writable, or set WHORL_HOME to one that is`,
  zh: `无法写入 ${file}（${code}）；请使其所在文件夹可写，或将 WHORL_HOME 设为可写的文件夹`,
});

/** What failures of SQLite and of the file system mean for people, and what these can do. */
const EXPLANATIONS: readonly Explanation[] = [
  {
    codes: /^(SQLITE_FULL|SQLITE_IOERR_SHMSIZE|ENOSPC|EDQUOT)/, // SHMSIZE: no room for the index of the write-ahead log
    code: 'disk-full',
    said: (file) => ({
      en: `the disk that holds ${file} is full; free some space and run the command again`,
      zh: `${file} 所在的磁盘已满；请腾出空间后重新运行命令`,
    }),
  },
  {
    codes: /^SQLITE_CORRUPT/,
    code: 'unusable',
    said: (file) => ({
      en: `${file} is damaged; put a copy in its place, or move it away and Whorl starts a new one`,
      zh: `${file} 已损坏；请换上备份，或将它移走，Whorl 会新建一份`,
    }),
  },
  {
    codes: /^(SQLITE_NOTADB|EISDIR|SQLITE_CANTOPEN_ISDIR)/,
    code: 'unusable',
    said: (file) => ({
      en: `${file} is not a Whorl database; move it away, or set WHORL_HOME to another folder`,
      zh: `${file} 不是 Whorl 的数据库；请将它移走，或将 WHORL_HOME 设为另一个文件夹`,
    }),
  },
  {
    codes: /^SQLITE_READONLY_DBMOVED/,
    code: 'unusable',
    said: (file) => ({
      en: `${file} was moved or deleted while it was open; put it back, or start the command again`,
      zh: `${file} 在使用期间被移走或删除；请放回原处，或重新运行命令`,
    }),
  },
  {
    codes: /^SQLITE_READONLY/,
    code: 'read-only',
    said: (file, code) => ({
      en: `${file} can only be read (${code}); make it and its folder writable, or set WHORL_HOME to another folder`,
      zh: `${file} 只能读取（${code}）；请使它和所在文件夹可写，或将 WHORL_HOME 设为另一个文件夹`,
    }),
  },
  {
    codes: /^(SQLITE_CANTOPEN|SQLITE_PERM|EACCES|EPERM|EROFS)/,
    code: 'read-only',
    said: cannotWrite,
  },
  {
    codes: /^(ENOTDIR|ENOENT|EEXIST)/,
    code: 'unusable',
    said: cannotWrite,
  },
  {
    codes: /^(SQLITE_BUSY|SQLITE_LOCKED|P1008)/, // P1008: Prisma's word for it
    code: 'busy',
    said: (file) => ({
      en: `another program holds ${file} for too long; try again when it has ended`,
      zh: `另一个程序长时间占用 ${file}；请在它结束后重试`,
    }),
  },
  {
    codes: /^(SQLITE_IOERR|EIO)/,
    code: 'unusable',
    said: (file, code) => ({
      en: `the disk that holds ${file} does not read or write it (${code}); check the disk, and whether the file is still there`,
      zh: `${file} 所在的磁盘无法读写它（${code}）；请检查磁盘，以及文件是否还在`,
    }),
  },
  {
    // SQLite reports faulty statements as SQLITE_ERROR, too, but ours are tested: the file is not what it was.
    codes: /^MISSING_TABLE/,
    code: 'unusable',
    said: (file) => ({
      en: `${file} lacks a table or a column that Whorl makes; put a copy in its place, or move it away and Whorl starts a new one`,
      zh: `${file} 缺少 Whorl 创建的表或列；请换上备份，或将它移走，Whorl 会新建一份`,
    }),
  },
];

/** The same error as a {@link StoreError}, if it is about the disk or the file rather than our code. */
export function explainSqlite(error: unknown, file: string): unknown {
  if (error instanceof StoreError) return error;
  const code = codeOf(error);
  const found = EXPLANATIONS.find(({ codes }) => codes.test(code));
  return found ? new StoreError(found.code, found.said(file, code), { cause: error }) : error;
}

const MISSING_TABLE = /no such (table|column|index)|has no column named|does not exist in the current database/;

function codeOf(error: unknown): string {
  const code = sqliteCode(error) ?? (error as NodeJS.ErrnoException | null)?.code ?? '';
  const isMissing = error instanceof Error && MISSING_TABLE.test(error.message);
  return isMissing ? 'MISSING_TABLE' : code;
}
