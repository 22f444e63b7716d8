/** A value that is kept as written: an integer that a double might not hold. */
export class AsWritten {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A number in JSON, extended by words for NaN and infinities. */
const numberText = (value: number): string => (Number.isFinite(value) ? JSON.stringify(value) : String(value));

/** The text of a param's value: a text as it is, anything else as JSON with these words. */
function paramText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  if (value instanceof AsWritten) return value.text;
  if (Array.isArray(value)) return `[${value.map(itemText).join(',')}]`;
  if (value !== null && typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, item]) => `${JSON.stringify(key)}:${itemText(item)}`)
      .join(',')}}`;
  return JSON.stringify(value);
}
const itemText = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : paramText(value));

/** The leaves of a config by dotted path, as params; lists and empty objects are leaves. */
export function configParams(value: unknown, path = ''): Record<string, string> {
  const isLeaf = value === null || typeof value !== 'object' || Array.isArray(value) || value instanceof AsWritten;
  if (isLeaf || Object.keys(value).length === 0) return { [path]: paramText(value) };
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, item]) => configParams(item, path === '' ? key : `${path}.${key}`)),
  ) as Record<string, string>;
}
