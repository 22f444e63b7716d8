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
}

export interface Imports {
  readonly edges: readonly Edge[];
  /** Imports of ours behind which there is no file, as `file: name`. */
  readonly unresolved: readonly string[];
}

// As Node resolves, with each package's own `imports` and `exports`.
const resolver = new ResolverFactory({ conditionNames: ['node', 'import', 'default'], builtinModules: true });

/** A name that stands for a file of this repository: a path, an alias of its package, or one of its packages. */
const isOurs = (name: string): boolean => /^(?:[.#/]|@whorl\/)/.test(name);

/** What a package is built into stands for what it is built from. */
const sourceOf = (file: string): string => file.replace(/^(packages\/[^/]+)\/dist\/(.*)\.js$/, '$1/src/$2.ts');

/** Every name that a file imports or exports from, types and `import()` of a plain text among them. */
function namesIn(file: string, text: string): string[] {
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const dynamic = module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
    const literal = /^(['"`])([^$]*)\1$/.exec(text.slice(start, end));
    return literal ? [literal[2] as string] : [];
  });
  const exported = module.staticExports.flatMap(({ entries }) =>
    entries.map(({ moduleRequest }) => moduleRequest?.value),
  );
  const names = [...module.staticImports.map(({ moduleRequest }) => moduleRequest.value), ...exported, ...dynamic];
  return [...new Set(names.filter((name) => name !== undefined))];
}

/** Reads all imports of some files. @param base the absolute folder that the files are named from */
export function readImports(base: string, files: readonly string[]): Imports {
  const edges: Edge[] = [];
  const unresolved: string[] = [];
  for (const from of files) {
    for (const name of namesIn(from, readFileSync(path.join(base, from), 'utf8'))) {
      if (!isOurs(name)) {
        edges.push({ from, to: name });
        continue;
      }
      const found = resolver.sync(path.join(base, path.dirname(from)), name);
      if (found.path) edges.push({ from, to: sourceOf(path.relative(base, found.path).replaceAll('\\', '/')) });
      else unresolved.push(`${from}: ${name}`);
    }
  }
  return { edges, unresolved };
}

/** A cycle among the edges, as a path that ends where it began; undefined where there is none. */
export function cycle(edges: readonly Edge[]): string[] | undefined {
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
