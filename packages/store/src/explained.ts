import { explainSqlite } from './errors.ts';

/**
 * Wraps a part of the store: failures whose cause is the disk or the file become a `StoreError` that says so and what
 * to do, whether SQLite, Prisma or the file system threw them. The only place where this happens.
 */
export function explained<T extends object>(part: T, file: string): T {
  const explain = (error: unknown): never => {
    const { path = file } = (error ?? {}) as NodeJS.ErrnoException; // errors of the file system name the file themselves
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
      const value: unknown = Reflect.get(part, name, part); // called on the part itself, as a proxy has no private fields
      return typeof value === 'function' && name !== 'constructor' ? wrap(value as never) : value;
    },
  });
}
