import { explainSqlite } from './errors.ts';

/**
 * A part of the store whose methods fail, where the disk or the file is the cause, with a `StoreError` that says so and what
 * to do, whoever threw: SQLite, Prisma or the file system. The one place where that is done.
 */
export function explained<T extends object>(part: T, file: string): T {
  const explain = (error: unknown): never => {
    const { path = file } = (error ?? {}) as NodeJS.ErrnoException; // the file system's own errors say of which file
    throw explainSqlite(error, path);
  };
  const wrapped = new Map<unknown, unknown>();
  const wrap = (method: (...given: unknown[]) => unknown) => {
    const known = wrapped.get(method);
    if (known) return known;
    const made = (...given: unknown[]) => {
      try {
        const result = method.apply(part, given);
        return result instanceof Promise ? result.catch(explain) : result;
      } catch (error) {
        return explain(error);
      }
    };
    wrapped.set(method, made);
    return made;
  };
  return new Proxy(part, {
    get: (_, name) => {
      const value: unknown = Reflect.get(part, name, part); // `this` is the part itself: a proxy has no private fields
      return typeof value === 'function' && name !== 'constructor' ? wrap(value as never) : value;
    },
  });
}
