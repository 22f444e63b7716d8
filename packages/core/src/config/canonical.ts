import { sha256Hex } from '../text/sha256.ts';
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

/**
 * What in a config decides the result. A file with a known hash is replaced by the hash: moving or renaming the file
 * changes nothing.
 */
function identityOf(config: Config): unknown {
  const { data } = config;
  if (data.name !== 'csv' || data.sha256 === '') return config;
  const { path: _, ...contents } = data;
  return { ...config, data: contents };
}

/**
 * SHA-256, as 64 hexadecimal digits, of the canonical JSON of all that decides the result: equal for equal trainings.
 */
export async function configHash(config: Config): Promise<string> {
  return sha256Hex(new TextEncoder().encode(canonicalJson(identityOf(config))));
}

/** All that decides the result except the seed, as text: equal for the runs of one configuration. */
export const seedlessKey = (config: Config): string => canonicalJson({ ...(identityOf(config) as Config), seed: null });

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
