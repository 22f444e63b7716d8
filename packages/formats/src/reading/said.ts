/** Only what was said: without what is empty, as messages have it that have no word for nothing. */
export function said<K extends string>(values: Readonly<Record<K, string>>): Partial<Record<K, string>> {
  const filled = Object.entries<string>(values).filter(([, value]) => value !== '');
  return Object.fromEntries(filled) as Partial<Record<K, string>>;
}
