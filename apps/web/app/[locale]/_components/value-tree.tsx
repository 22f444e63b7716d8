'use client';

import { useFormat } from '#src/i18n/use-format.ts';

type Leaf = readonly [path: string, value: unknown];
const MOST_LEAVES = 500;

function leavesOf(value: unknown, path = ''): Leaf[] {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([key, child]) => leavesOf(child, path ? `${path}.${key}` : key));
  }
  return [[path, value]];
}

/** The leaves of a value by their dotted paths, the part that repeats the line above left pale. */
export function ValueTree({ value }: { readonly value: unknown }) {
  const { value: show } = useFormat();
  const leaves = leavesOf(value).slice(0, MOST_LEAVES);
  return (
    <table className="table">
      <tbody>
        {leaves.map(([path, leaf], i) => {
          const shared = sharedPrefix(leaves[i - 1]?.[0] ?? '', path);
          return (
            <tr key={path}>
              <th scope="row" className="w-1/2 font-mono font-normal break-all !whitespace-normal">
                <span className="opacity-60">{path.slice(0, shared)}</span>
                <span className="text-ink">{path.slice(shared)}</span>
              </th>
              <td className="font-mono break-all">{Array.isArray(leaf) ? JSON.stringify(leaf) : show(leaf ?? '–')}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** How much of `path` repeats the parents of `before`: up to and with their last common dot. */
function sharedPrefix(before: string, path: string): number {
  let end = 0;
  for (let i = 0; i < path.length && path[i] === before[i]; i++) if (path[i] === '.') end = i + 1;
  return end;
}
