import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { resolveOurs } from './imports.ts';

/** What a file says of its names. */
export interface Names {
  /** Those that it defines and exports. */
  readonly defined: readonly string[];
  /** Those that it passes on from other files. */
  readonly passed: readonly string[];
  /** Those that it takes from other files, by file from the root of the repository. Of `import()`, any word of the file. */
  readonly taken: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Reads what a file exports and imports. @param base the absolute folder that files are named from */
export function readNames(base: string, file: string, text = readFileSync(path.join(base, file), 'utf8')): Names {
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const taken = new Map<string, Set<string>>();
  const take = (from: string, names: Iterable<string>) => {
    const found = resolveOurs(base, file, from);
    if (found !== null) taken.set(found, new Set([...(taken.get(found) ?? []), ...names]));
  };
  const [defined, passed]: [string[], string[]] = [[], []];
  for (const { entries } of module.staticExports) {
    for (const { exportName, importName, moduleRequest } of entries) {
      (moduleRequest ? passed : defined).push(exportName.kind === 'Default' ? 'default' : (exportName.name ?? '*'));
      if (moduleRequest) take(moduleRequest.value, [importName.name ?? '*']);
    }
  }
  for (const { moduleRequest, entries } of module.staticImports) {
    take(
      moduleRequest.value,
      entries.map(({ importName }) => importName.name ?? '*'),
    );
  }
  const words = text.match(/[A-Za-z_$][\w$]*/g) ?? [];
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = /^(['"`])([^$]*)\1$/.exec(text.slice(moduleRequest.start, moduleRequest.end));
    if (literal?.[2] !== undefined) take(literal[2], words);
  }
  return { defined, passed, taken };
}
