import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The folders with rules of their own, the longest path first. */
const PARTS = [
  'packages/core/src/train',
  'packages/core',
  'packages/store',
  'apps/runner',
  'apps/web/server',
  'apps/web',
  'e2e',
  'scripts',
] as const;
type Part = (typeof PARTS)[number];

const PACKAGE_NAMES: Readonly<Record<string, Part>> = {
  '@whorl/core': 'packages/core',
  '@whorl/core/query': 'packages/core',
  '@whorl/core/train': 'packages/core/src/train',
  '@whorl/store': 'packages/store',
};

/** What each part may import of ours. */
const ALLOWED: Readonly<Record<Part, readonly Part[]>> = {
  'packages/core': ['packages/core'],
  'packages/core/src/train': ['packages/core/src/train', 'packages/core'],
  'packages/store': ['packages/store', 'packages/core'],
  'apps/runner': ['apps/runner', 'packages/core', 'packages/core/src/train', 'packages/store'],
  'apps/web/server': ['apps/web/server', 'packages/store'],
  'apps/web': ['apps/web', 'packages/core', 'packages/core/src/train', 'packages/store'],
  e2e: ['e2e'],
  scripts: ['scripts', 'apps/runner'],
};

/** Packages from outside that only some parts may touch. */
const RESERVED: readonly { readonly name: RegExp; readonly only: readonly Part[] }[] = [
  { name: /^(@prisma\/|better-sqlite3)/, only: ['packages/store'] },
  { name: /^chevrotain$/, only: ['packages/core'] },
  { name: /^@tensorflow\//, only: ['packages/core/src/train'] },
  { name: /^(next|react|react-dom|echarts)(\/|$)/, only: ['apps/web', 'apps/web/server'] },
];

interface Edge {
  readonly from: string;
  readonly to: string;
}

const partOf = (file: string): Part | undefined => PARTS.find((part) => file === part || file.startsWith(`${part}/`));

const SPECIFIER =
  /(?:^|[\s;}])(?:import|export)\s(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Every import of the source files under `base`, as `file -> file or package`. */
function edgesOf(base: string, files: readonly string[]): Edge[] {
  return files.flatMap((file) => {
    const text = readFileSync(path.join(base, file), 'utf8');
    return [...text.matchAll(SPECIFIER)].map((match) => {
      const name = (match[1] ?? match[2]) as string;
      const alias = name.startsWith('@/') ? `apps/web/src/${name.slice(2)}` : undefined;
      const to = name.startsWith('.') ? path.posix.join(path.posix.dirname(file), name) : (alias ?? name);
      return { from: file, to };
    });
  });
}

/** The edges that break a rule, each with the reason. */
function violations(edges: readonly Edge[]): string[] {
  return edges.flatMap(({ from, to }) => {
    const source = partOf(from);
    if (!source) return [];
    const target = PACKAGE_NAMES[to] ?? partOf(to);
    if (target && !ALLOWED[source].includes(target)) return [`${from} -> ${to}: ${source} may not import ${target}`];
    const reserved = RESERVED.find(({ name, only }) => name.test(to) && !only.includes(source));
    return reserved ? [`${from} -> ${to}: only ${reserved.only.join(' and ')} may import it`] : [];
  });
}

/** A cycle of files among the edges, as a path that ends where it began; undefined where there is none. */
function cycle(edges: readonly Edge[]): string[] | undefined {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
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

const sources = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', 'packages', 'apps', 'e2e', 'scripts'],
  { cwd: root, encoding: 'utf8' },
)
  .split('\n')
  .filter((file) => /\.(ts|tsx|mjs|js)$/.test(file) && !/\/test\/|\/generated\//.test(file));
const edges = edgesOf(root, sources);

describe('architecture', () => {
  it('has one-way imports between its parts', () => {
    expect(violations(edges)).toEqual([]);
  });

  it('saw the imports that it judges: every part, and hundreds of edges', () => {
    expect(edges.length).toBeGreaterThan(200);
    const crossing = edges.filter(({ to }) => PACKAGE_NAMES[to]);
    expect(crossing.length).toBeGreaterThan(30);
    for (const part of PARTS)
      expect(
        sources.some((file) => partOf(file) === part),
        part,
      ).toBe(true);
  });

  it('has no cycle of files', () => {
    expect(cycle(edges)).toBeUndefined();
  });

  it("keeps the parser's library out of core's first entry, which every page loads", () => {
    const reached = new Set(['packages/core/src/index.ts']);
    for (const file of reached) for (const { from, to } of edges) if (from === file) reached.add(to);
    expect(reached.size).toBeGreaterThan(30);
    expect(reached).toContain('packages/core/src/query/field.ts');
    expect(reached).not.toContain('chevrotain');
  });

  it('lets core read neither the environment nor the clock, nor draw from Math.random', () => {
    const core = sources.filter((file) => file.startsWith('packages/core/src/'));
    expect(core.length).toBeGreaterThan(20);
    for (const file of core) {
      expect(readFileSync(path.join(root, file), 'utf8'), file).not.toMatch(/process\.env|Math\.random\(|Date\.now\(/);
    }
  });

  describe('catches what it must', () => {
    const planted = mkdtempSync(path.join(tmpdir(), 'whorl-architecture-'));
    afterAll(() => rmSync(planted, { recursive: true }));
    const plant = (file: string, text: string): Edge[] => {
      mkdirSync(path.join(planted, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(planted, file), text);
      return edgesOf(planted, [file]);
    };

    it.each([
      [
        'packages/core/src/a.ts',
        "import { openStore } from '@whorl/store';",
        'packages/core may not import packages/store',
      ],
      [
        'packages/store/src/a.ts',
        "const t = await import('@whorl/core/train');",
        'packages/store may not import packages/core/src/train',
      ],
      [
        'apps/runner/src/a.ts',
        "export * from '../../web/src/server/router.ts';",
        'apps/runner may not import apps/web',
      ],
      [
        'apps/web/src/a.tsx',
        "import {\n  PrismaClient,\n} from '@prisma/client';",
        'only packages/store may import it',
      ],
      [
        'packages/core/src/b.ts',
        "import * as tf from '@tensorflow/tfjs-core';",
        'only packages/core/src/train may import it',
      ],
    ])('%s', (file, text, reason) => {
      expect(violations(plant(file, text)).join()).toContain(reason);
    });

    it('a cycle', () => {
      const both = [
        ...plant('apps/runner/src/x.ts', "import './y.ts';"),
        ...plant('apps/runner/src/y.ts', "import './x.ts';"),
      ];
      expect(cycle(both)).toEqual(['apps/runner/src/x.ts', 'apps/runner/src/y.ts', 'apps/runner/src/x.ts']);
    });
  });
});
