import superjson, { type SuperJSONResult } from 'superjson';

// Keys such as the names of tags are chosen by people, but superjson refuses three words as keys, to protect the prototypes
// of objects: a single tag called `constructor` would make every list unreadable. Such keys are sent with a prefix, and a
// flag says that some were.

const SIGN = '~';
const REFUSED = /^~*(?:__proto__|constructor|prototype)$/;

/** The serialized form. */
interface Travelling extends SuperJSONResult {
  /** Whether keys have the prefix. */
  readonly signed?: true;
}

const sign = (key: string): string => (REFUSED.test(key) ? SIGN + key : key);
const unsign = (key: string): string => (key.startsWith(SIGN) && REFUSED.test(key) ? key.slice(SIGN.length) : key);

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** The value with all keys of its objects, at any depth, passed through `rename`; the value itself where none changes. */
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
  return isChanged ? Object.fromEntries(entries) : value; // defined as own properties, `__proto__` as well
}

/** superjson for objects with any keys. Server and browser both use it. */
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
