/**
 * What an object itself has under a key. A tag, a param or a metric may be called `constructor`, and a key of one run is
 * looked for in all others: what every object inherits is nobody's value.
 */
export const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
