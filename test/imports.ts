import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { ResolverFactory } from 'oxc-resolver';

/** One file imports another, or a package. */
export interface Edge {
  /** From the root of the repository, as `to` is where it is a file of ours. */
  readonly from: string;
  /** The file; of a package from outside the name as it is written. */
  readonly to: string;
  /** Whether nothing but types comes from there: what runs knows nothing of it. */
  readonly isType: boolean;
}

export interface Imports {
  readonly edges: readonly Edge[];
  /** Imports of ours behind which there is no file, as `file: name`. */
  readonly unresolved: readonly string[];
  /** Files with an `import()` whose name is computed, so that nobody can say what it brings. */
  readonly hidden: readonly string[];
}

// As Node resolves, with each package's own `imports` and `exports`.
const resolver = new ResolverFactory({ conditionNames: ['node', 'import', 'default'], builtinModules: true });

/** A name that stands for a file of this repository: a path, an alias of its package, or one of its packages. */
const isOurs = (name: string): boolean => /^(?:[.#/]|@whorl\/)/.test(name);

/** What a package is built into stands for what it is built from. */
const sourceOf = (file: string): string => file.replace(/^(packages\/[^/]+)\/dist\/(.*)\.js$/, '$1/src/$2.ts');

/** The file of ours that a name stands for in a file; null where it is none. @param base the absolute folder that files are named from */
export function resolveOurs(base: string, from: string, name: string): string | null {
  const found = isOurs(name) ? resolver.sync(path.join(base, path.dirname(from)), name).path : undefined;
  return found === undefined ? null : sourceOf(path.relative(base, found).replaceAll('\\', '/'));
}

/**
 * Every name that a file imports or exports from, `import()` of a plain text too, and whether only types come from it;
 * undefined where `import()` computes a name.
 */
function namesIn(file: string, text: string): Map<string | undefined, boolean> {
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const names = new Map<string | undefined, boolean>();
  const add = (name: string | undefined, isType: boolean) => names.set(name, (names.get(name) ?? true) && isType);
  for (const { moduleRequest, entries } of module.staticImports)
    add(moduleRequest.value, entries.length > 0 && entries.every(({ isType }) => isType));
  for (const { entries } of module.staticExports)
    for (const { moduleRequest, isType } of entries) if (moduleRequest) add(moduleRequest.value, isType);
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = /^(['"`])([^$]*)\1$/.exec(text.slice(moduleRequest.start, moduleRequest.end));
    add(literal?.[2], false);
  }
  return names;
}

/** Reads all imports of some files. @param base the absolute folder that the files are named from */
export function readImports(base: string, files: readonly string[]): Imports {
  const edges: Edge[] = [];
  const [unresolved, hidden]: [string[], string[]] = [[], []];
  for (const from of files) {
    for (const [name, isType] of namesIn(from, readFileSync(path.join(base, from), 'utf8'))) {
      if (name === undefined) {
        hidden.push(from);
        continue;
      }
      if (!isOurs(name)) {
        edges.push({ from, to: name, isType });
        continue;
      }
      const to = resolveOurs(base, from, name);
      if (to === null) unresolved.push(`${from}: ${name}`);
      else edges.push({ from, to, isType });
    }
  }
  return { edges, unresolved, hidden };
}

/** A cycle among the edges, as a path that ends where it began; undefined where there is none. */
export function cycle(edges: readonly Pick<Edge, 'from' | 'to'>[]): string[] | undefined {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of edges) {
    if (from !== to) next.set(from, (next.get(from) ?? new Set()).add(to));
  }
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const child of next.get(file) ?? []) {
      const found = visit(child, [...trail, file]);
      if (found) return found;
    }
    done.add(file);
    return undefined;
  };
  for (const file of next.keys()) {
    const found = visit(file, []);
    if (found) return found;
  }
  return undefined;
}
