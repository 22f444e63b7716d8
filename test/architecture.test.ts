import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { cycle, type Edge, type Imports, readImports } from './imports.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What has rules of its own, the longest path first. */
const PARTS = [
  'packages/core/src/train',
  'packages/core',
  'packages/store',
  'apps/runner',
  'apps/web/src/server',
  'apps/web/src/components/ui',
  'apps/web/src/i18n',
  'apps/web/src',
  'apps/web/server',
  'apps/web',
  'e2e',
  'bench',
  'scripts',
] as const;
type Part = (typeof PARTS)[number];

/** What each part may import of ours, beside itself. Only what is built of a package is open to others. */
const ALLOWED: Readonly<Record<Part, readonly Part[]>> = {
  'packages/core': [],
  'packages/core/src/train': ['packages/core'],
  'packages/store': ['packages/core'],
  'apps/runner': ['packages/core', 'packages/core/src/train', 'packages/store'],
  // The only one of the pages that may read the record.
  'apps/web/src/server': ['apps/web/src', 'apps/web/src/i18n', 'apps/web/server', 'packages/core', 'packages/store'],
  'apps/web/src/components/ui': ['apps/web/src/i18n', 'apps/web/src', 'apps/web/src/server', 'packages/core'],
  'apps/web/src/i18n': ['apps/web', 'packages/core'],
  'apps/web/src': ['apps/web/src/server', 'apps/web/src/components/ui', 'apps/web/src/i18n', 'packages/core'],
  'apps/web/server': ['packages/store'],
  'apps/web': [
    'apps/web/src/server',
    'apps/web/src/components/ui',
    'apps/web/src/i18n',
    'apps/web/src',
    'apps/web/server',
    'packages/core',
    'packages/core/src/train',
  ],
  e2e: [],
  bench: ['scripts', 'apps/runner', 'packages/core', 'packages/core/src/train', 'packages/store'],
  scripts: ['apps/runner'],
};

/** Of what is bundled for the pages, the record's code is no part: the server opens it and hands it over. */
const TYPES_ONLY: readonly { readonly from: Part; readonly to: Part }[] = [
  { from: 'apps/web/src/server', to: 'packages/store' },
];

/** How many imports between files of ours each part has at least: a guard that sees none of them would find no fault. */
const FLOOR: Readonly<Record<Part, number>> = {
  'packages/core': 200,
  'packages/core/src/train': 100,
  'packages/store': 100,
  'apps/runner': 150,
  'apps/web/src/server': 150,
  'apps/web/src/components/ui': 12,
  'apps/web/src/i18n': 10,
  'apps/web/src': 150,
  'apps/web/server': 30,
  'apps/web': 500,
  e2e: 15,
  bench: 40,
  scripts: 20,
};

/** Packages from outside that only some parts may touch. */
const RESERVED: readonly { readonly name: RegExp; readonly only: readonly Part[] }[] = [
  { name: /^(@prisma\/|better-sqlite3)/, only: ['packages/store'] },
  { name: /^chevrotain$/, only: ['packages/core'] },
  { name: /^@tensorflow\//, only: ['packages/core/src/train'] },
  {
    name: /^(next|react|react-dom|echarts)(\/|$)/,
    only: [
      'apps/web',
      'apps/web/src',
      'apps/web/src/components/ui',
      'apps/web/src/i18n',
      'apps/web/src/server',
      'apps/web/server',
    ],
  },
];

const partOf = (file: string): Part | undefined => PARTS.find((part) => file === part || file.startsWith(`${part}/`));

/** The edges that break a rule, each with the reason. */
function violations(edges: readonly Edge[]): string[] {
  return edges.flatMap(({ from, to, isType }) => {
    const source = partOf(from);
    if (!source) return [];
    const target = partOf(to);
    if (target && target !== source && !ALLOWED[source].includes(target))
      return [`${from} -> ${to}: ${source} may not import ${target}`];
    if (!isType && TYPES_ONLY.some((rule) => rule.from === source && rule.to === target))
      return [`${from} -> ${to}: ${source} may import only types of ${target}`];
    const reserved = RESERVED.find(({ name, only }) => name.test(to) && !only.includes(source));
    return reserved ? [`${from} -> ${to}: only ${reserved.only.join(' and ')} may import it`] : [];
  });
}

/** The files that git knows or would take, below some folders or of some patterns. */
const filesOf = (...paths: string[]): string[] =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...paths], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => file !== '');

/** AssemblyScript is no TypeScript, though its files are named so: what it imports lies beside it. */
const NOT_READ = /\/test\/|\/generated\/|^packages\/core\/assembly\//;
const sources = filesOf('packages', 'apps', 'e2e', 'scripts', 'bench').filter(
  (file) => /\.(ts|tsx|mjs|js)$/.test(file) && !NOT_READ.test(file) && existsSync(path.join(root, file)),
);
const { edges, unresolved } = readImports(root, sources);

describe('architecture', () => {
  it('has one-way imports between its parts', () => {
    expect(violations(edges)).toEqual([]);
  });

  it('has behind every import of ours a file', () => {
    expect(unresolved).toEqual([]);
  });

  it.each(PARTS)('saw the imports that it judges of %s', (part) => {
    const seen = edges.filter(({ from, to }) => partOf(from) === part && partOf(to));
    expect(seen.length).toBeGreaterThanOrEqual(FLOOR[part]);
  });

  it('has no cycle of files', () => {
    expect(cycle(edges)).toBeUndefined();
  });

  it('has in its list of what nobody need import no file that is not there', () => {
    const { workspaces } = JSON.parse(readFileSync(path.join(root, 'knip.json'), 'utf8')) as {
      workspaces: Readonly<Record<string, { readonly entry: readonly string[] }>>;
    };
    const named = Object.entries(workspaces).flatMap(([folder, { entry }]) =>
      entry.map((pattern) => path.posix.join(folder, pattern)),
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((pattern) => filesOf(`:(glob)${pattern}`).length === 0)).toEqual([]);
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
    // What a planted file may name: the packages with their exports, the aliases of the web app, and a file of each part.
    for (const file of ['apps/web/package.json', 'packages/core/package.json', 'packages/store/package.json']) {
      mkdirSync(path.join(planted, path.dirname(file)), { recursive: true });
      cpSync(path.join(root, file), path.join(planted, file));
    }
    const ofPackages = ['core/dist/index.js', 'core/dist/train/index.js', 'store/dist/index.js'];
    const there = ['apps/web/src/server/store.ts', 'apps/web/app/page.tsx', 'apps/web/server/main.ts', 'e2e/a.ts'];
    for (const file of [...ofPackages.map((name) => `packages/${name}`), ...there]) {
      mkdirSync(path.join(planted, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(planted, file), '');
    }
    mkdirSync(path.join(planted, 'node_modules/@whorl'), { recursive: true });
    for (const name of ['core', 'store'])
      symlinkSync(path.join(planted, 'packages', name), path.join(planted, 'node_modules/@whorl', name), 'junction');
    const plant = (file: string, text: string): Imports => {
      mkdirSync(path.join(planted, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(planted, file), text);
      return readImports(planted, [file]);
    };

    it.each([
      [
        'apps/web/src/server/a.ts',
        "import { type Store, openStore } from '@whorl/store';",
        'apps/web/src/server may import only types of packages/store',
      ],
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
        "export * from '../../web/src/server/store.ts';",
        'apps/runner may not import apps/web/src/server',
      ],
      [
        'apps/web/src/components/charts/a.tsx',
        "import type { Store } from '@whorl/store';",
        'apps/web/src may not import packages/store',
      ],
      [
        'apps/web/app/a.tsx',
        "const { openStore } = await import('@whorl/store');",
        'apps/web may not import packages/store',
      ],
      ['apps/web/server/a.ts', "import '#src/server/store.ts';", 'apps/web/server may not import apps/web/src/server'],
      [
        'apps/web/src/i18n/a.ts',
        "import '#src/server/store.ts';",
        'apps/web/src/i18n may not import apps/web/src/server',
      ],
      ['apps/web/src/a.ts', "import '#server/main.ts';", 'apps/web/src may not import apps/web/server'],
      [
        'packages/core/src/train/a.ts',
        "import '@whorl/store';",
        'packages/core/src/train may not import packages/store',
      ],
      ['scripts/a.mjs', "import '../packages/core/dist/index.js';", 'scripts may not import packages/core'],
      ['bench/a.mjs', "import '../e2e/a.ts';", 'bench may not import e2e'],
      ['e2e/b.ts', "import '@whorl/core';", 'e2e may not import packages/core'],
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
      const { edges, unresolved } = plant(file, text);
      expect(violations(edges).join()).toContain(reason);
      expect(unresolved).toEqual([]);
    });

    it('a cycle', () => {
      plant('apps/runner/src/x.ts', '');
      plant('apps/runner/src/y.ts', "import './x.ts';");
      plant('apps/runner/src/x.ts', "export type { A } from './y.ts';");
      const { edges } = readImports(planted, ['apps/runner/src/x.ts', 'apps/runner/src/y.ts']);
      expect(cycle(edges)).toEqual(['apps/runner/src/x.ts', 'apps/runner/src/y.ts', 'apps/runner/src/x.ts']);
    });

    it('an import of ours that leads nowhere, by path, by alias, and into a package where it is not open', () => {
      const text = "import './none.ts'; import '#src/none.ts'; import '@whorl/core/src/rng.ts'; import 'react';";
      expect(plant('apps/web/src/b.ts', text).unresolved).toEqual([
        'apps/web/src/b.ts: ./none.ts',
        'apps/web/src/b.ts: #src/none.ts',
        'apps/web/src/b.ts: @whorl/core/src/rng.ts',
      ]);
    });
  });
});
