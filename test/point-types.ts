import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';

// biome-ignore lint/suspicious/noExplicitAny: any node of a syntax tree
type Node = any;

/** Where a point lies along its axis, and what it is there. */
const PLACES = ['steps', 'times', 'x', 'xs'];
const VALUES = ['values', 'ys'];
/** How a column is written as a type, or as a schema. */
const IS_COLUMN = /\[\]|Array|Column|packed|z\.(array|string)/;

/** What an interface, a type or a schema has of its own: names with what stands behind them. */
function membersOf(node: Node, text: string): Map<string, string> | null {
  const members: Node[] | null =
    node.type === 'TSInterfaceBody'
      ? node.body
      : node.type === 'TSTypeLiteral'
        ? node.members
        : node.type === 'CallExpression' && text.slice(node.callee.start, node.callee.end) === 'z.object'
          ? (node.arguments[0]?.properties ?? null)
          : null;
  if (!members) return null;
  return new Map(
    members.flatMap((member): [string, string][] =>
      member.key?.name ? [[member.key.name, text.slice(member.key.end, member.end)]] : [],
    ),
  );
}

/** The columns of the points of a series that a file declares, as `file: steps, values`, each time that it does. */
export function pointTypes(base: string, file: string, text = readFileSync(path.join(base, file), 'utf8')): string[] {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const found: string[] = [];
  const visit = (node: Node): void => {
    if (!node || typeof node !== 'object') return;
    if (Array.isArray(node)) {
      for (const child of node) visit(child);
      return;
    }
    const members = membersOf(node, text);
    const columns = members ? [...members].filter(([, is]) => IS_COLUMN.test(is)).map(([name]) => name) : [];
    if (PLACES.some((name) => columns.includes(name)) && VALUES.some((name) => columns.includes(name)))
      found.push(`${file}: ${columns.filter((name) => [...PLACES, ...VALUES].includes(name)).join(', ')}`);
    for (const [key, child] of Object.entries(node)) if (key !== 'type') visit(child);
  };
  visit(program);
  return found;
}
