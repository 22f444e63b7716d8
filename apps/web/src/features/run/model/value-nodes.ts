import { foldText } from '@whorl/core';

/** A value without parts. A list counts as one value. */
export interface Leaf {
  readonly kind: 'leaf';
  readonly key: string;
  readonly value: unknown;
  /** Whether it differs from the default. */
  readonly differs: boolean;
  readonly usual: unknown;
}

export interface Branch {
  readonly kind: 'branch';
  readonly key: string;
  readonly children: readonly TreeNode[];
  /** How many leaves below it differ from the defaults. */
  readonly differing: number;
}

export type TreeNode = Leaf | Branch;

export interface Tree {
  readonly nodes: readonly TreeNode[];
  readonly leaves: number;
  readonly differing: number;
  /** How many leaves are not shown because there are too many. */
  readonly leftOut: number;
}

interface Options {
  readonly defaults?: unknown;
  readonly most: number;
  /** Only leaves whose path or value contains this text. */
  readonly text?: string;
  readonly onlyDiffering?: boolean;
}

/** Values nested deeper than this are shown as JSON. */
const DEEPEST = 12;

const isBranch = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const childOf = (value: unknown, key: string): unknown =>
  isBranch(value) && Object.hasOwn(value, key) ? value[key] : undefined;

const same = (a: unknown, b: unknown): boolean => Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b);

/** Builds the tree of a nested value, limited to the wanted leaves, with differences from the defaults. */
export function growTree(value: unknown, { defaults, most, text = '', onlyDiffering = false }: Options): Tree {
  const wanted = foldText(text.trim());
  let leaves = 0;
  let leftOut = 0;
  const grow = (branch: Record<string, unknown>, usual: unknown, path: string, depth: number): TreeNode[] =>
    Object.entries(branch).flatMap(([key, child]): TreeNode[] => {
      const at = path === '' ? key : `${path}.${key}`;
      const counterpart = childOf(usual, key);
      if (isBranch(child) && depth < DEEPEST && Object.keys(child).length > 0) {
        const children = grow(child, counterpart, at, depth + 1);
        if (children.length === 0) return [];
        const differing = children.reduce((sum, node) => sum + countDiffering(node), 0);
        return [{ kind: 'branch', key, children, differing }];
      }
      const differs = defaults !== undefined && !same(child, counterpart);
      if (onlyDiffering && !differs) return [];
      if (wanted !== '' && !foldText(`${at} ${JSON.stringify(child)}`).includes(wanted)) return [];
      if (leaves === most) {
        leftOut += 1;
        return [];
      }
      leaves += 1;
      return [{ kind: 'leaf', key, value: child, differs, usual: counterpart }];
    });
  const nodes = isBranch(value) ? grow(value, defaults, '', 0) : [];
  return { nodes, leaves, differing: nodes.reduce((sum, node) => sum + countDiffering(node), 0), leftOut };
}

const countDiffering = (node: TreeNode): number => (node.kind === 'branch' ? node.differing : Number(node.differs));
