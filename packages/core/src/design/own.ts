/**
 * The object's own value under a key. A tag, param or metric may be called `constructor`, and a key of one run is
 * looked up in all others: an inherited property is not a value.
 */
export const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
