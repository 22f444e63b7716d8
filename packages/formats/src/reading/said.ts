/** The non-empty values: these messages have no other way to leave a field out. */
export function said<K extends string>(values: Readonly<Record<K, string>>): Partial<Record<K, string>> {
  const filled = Object.entries<string>(values).filter(([, value]) => value !== '');
  return Object.fromEntries(filled) as Partial<Record<K, string>>;
}
