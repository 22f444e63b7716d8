import superjson, { type SuperJSONResult } from 'superjson';

// What people call a tag, a param or a part of an environment is a key of what travels, and superjson refuses three words
// as keys, lest they reach the prototype of an object: one tag called `constructor` and no list is answered any more. They
// travel with a sign before them, and what says that some do.

const SIGN = '~';
const REFUSED = /^~*(?:__proto__|constructor|prototype)$/;

/** What travels. */
interface Travelling extends SuperJSONResult {
  /** Whether keys have the sign. */
  readonly signed?: true;
}

const sign = (key: string): string => (REFUSED.test(key) ? SIGN + key : key);
const unsign = (key: string): string => (key.startsWith(SIGN) && REFUSED.test(key) ? key.slice(SIGN.length) : key);

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** The value with each key of its objects, of any depth, as `rename` has it; itself where that changes none. */
function withKeys(value: unknown, rename: (key: string) => string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    let list: unknown[] | undefined;
    for (let i = 0; i < value.length; i++) {
      const item = withKeys(value[i], rename);
      if (item === value[i]) continue;
      list ??= [...value];
      list[i] = item;
    }
    return list ?? value;
  }
  if (!isPlain(value)) return value;
  let isChanged = false;
  const entries = Object.entries(value).map(([key, child]): [string, unknown] => {
    const entry: [string, unknown] = [rename(key), withKeys(child, rename)];
    isChanged ||= entry[0] !== key || entry[1] !== child;
    return entry;
  });
  return isChanged ? Object.fromEntries(entries) : value; // own properties, `__proto__` too
}

/** superjson for objects with any keys. Both sides of the wire use it. */
export const anyKeys = {
  serialize: (value: unknown): Travelling => {
    const signed = withKeys(value, sign);
    const travelling = superjson.serialize(signed);
    return signed === value ? travelling : { ...travelling, signed: true };
  },
  deserialize: <T = unknown>(travelling: Travelling): T => {
    const value = superjson.deserialize(travelling);
    return (travelling.signed ? withKeys(value, unsign) : value) as T;
  },
};
