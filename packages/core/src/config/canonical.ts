import type { Config } from './schema.ts';

/** JSON with sorted keys and no spaces: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** SHA-256 of the canonical JSON, as 64 hexadecimal digits. */
export async function configHash(config: Config): Promise<string> {
  const bytes = new TextEncoder().encode(canonicalJson(config));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A config value at a path, as params and factors use it. */
export type ParamValue = string | number | boolean;

/** The leaves of a config by dotted path; a list is one leaf, written as JSON (`model.hidden` = `[100]`). */
export function flatten(config: Config): Record<string, ParamValue> {
  const leaves: Record<string, ParamValue> = {};
  const visit = (value: unknown, path: string): void => {
    if (Array.isArray(value)) leaves[path] = JSON.stringify(value);
    else if (value !== null && typeof value === 'object') {
      for (const [key, child] of Object.entries(value)) visit(child, path ? `${path}.${key}` : key);
    } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      leaves[path] = value;
  };
  visit(config, '');
  return leaves;
}
