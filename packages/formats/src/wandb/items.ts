import { parsePythonJson } from '../json/python-json.ts';
import type { ItemMessage } from './record-message.ts';

/** A value, or values by key. */
export type ItemTree = ReadonlyMap<string, ItemTree> | string | number | boolean | null | readonly unknown[];

/** Rebuilds the object from its items. @throws SyntaxError */
export function treeOf(items: readonly ItemMessage[]): Map<string, ItemTree> {
  const root = new Map<string, ItemTree>();
  for (const { key, path, json } of items) {
    if (json === undefined) continue;
    const keys = path.length > 0 ? path : [key];
    let at = root;
    for (const name of keys.slice(0, -1)) {
      const inner = at.get(name);
      const branch: Map<string, ItemTree> = inner instanceof Map ? inner : new Map<string, ItemTree>();
      at.set(name, branch);
      at = branch;
    }
    at.set(keys.at(-1) as string, planted(parsePythonJson(json)));
  }
  return root;
}

function planted(value: unknown): ItemTree {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value as ItemTree;
  return new Map(Object.entries(value).map(([key, item]) => [key, planted(item)]));
}
