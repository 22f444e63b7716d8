import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ResolverFactory } from 'oxc-resolver';
import { afterAll, describe, expect, it } from 'vitest';
import { cycle, type Imports, readImports } from './imports.ts';
import { between, FLOOR, featureOf, impureModels, intrusions, PARTS, partOf, violations } from './rooms.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

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
const { edges, unresolved, hidden } = readImports(root, sources);

const isSource = new Set(sources);
const folderOf = (file: string) => (isSource.has(file) ? path.posix.dirname(file) : undefined);

const lines = (file: string) => readFileSync(path.join(root, file), 'utf8').split('\n').length - 1;

describe('architecture', () => {
  it('has one-way imports between its parts', () => {
    expect(violations(edges)).toEqual([]);
  });

  const ours = edges.filter(({ to }) => partOf(to)).length;
  it(`has behind every import of ours a file: ${ours} lead to one, ${unresolved.length} nowhere`, () => {
    expect(unresolved).toEqual([]);
    expect(ours).toBeGreaterThan(2500);
  });

  it('hides no import in a variable, but for a browser that is found as the program runs', () => {
    expect(hidden).toEqual(['bench/measure/chromium.mjs', 'scripts/setup/browser.mjs']);
  });

  it("opens core's entry for Node to Node alone", () => {
    const resolveIn = (...conditionNames: string[]) => {
      const resolver = new ResolverFactory({ conditionNames: [...conditionNames, 'import', 'default'] });
      return (entry: string) => resolver.sync(path.join(root, 'apps/runner'), entry).path;
    };
    expect(resolveIn('node')('@whorl/core/node')).toMatch(/dist\/node\/index\.js$/);
    expect(resolveIn('browser')('@whorl/core/train')).toMatch(/dist\/train\/index\.js$/);
    expect(resolveIn('browser')('@whorl/core/node')).toBeUndefined();
  });

  it.each(PARTS)('saw the imports that it judges of %s', (part) => {
    const seen = edges.filter(({ from, to }) => partOf(from) === part && partOf(to));
    expect(seen.length).toBeGreaterThanOrEqual(FLOOR[part]);
  });

  it('has no cycle of files', () => {
    expect(cycle(edges)).toBeUndefined();
  });

  it('has no cycle of folders, nor of features', () => {
    expect(cycle(between(edges, folderOf))).toBeUndefined();
    expect(cycle(between(edges, featureOf))).toBeUndefined();
  });

  it('lets no feature into the inside of another', () => {
    expect(intrusions(edges)).toEqual([]);
  });

  it('has models that run without a browser', () => {
    expect(impureModels(edges)).toEqual([]);
  });

  it('has a test for each model, which imports it', () => {
    const models = sources.filter((file) => /^apps\/web\/src\/features\/[^/]+\/model\//.test(file));
    const tests = readImports(
      root,
      filesOf('apps/web/test').filter((file) => file.endsWith('.test.ts')),
    ).edges;
    const tried = new Set(tests.flatMap(({ to, isType }) => (isType ? [] : [to])));
    // What has types alone is tried by the compiler.
    const runs = models.filter((file) => edges.some(({ to, isType }) => to === file && !isType));
    expect(runs.length).toBeGreaterThan(25);
    expect(runs.filter((file) => !tried.has(file))).toEqual([]);
  });

  it('has routes that only join features: each under 80 lines', () => {
    const routes = sources.filter((file) => file.startsWith('apps/web/app/'));
    expect(routes.length).toBeGreaterThan(20);
    expect(routes.filter((file) => lines(file) >= 80)).toEqual([]);
  });

  it('has files of one thing that can be named: none over 349 lines', () => {
    const written = filesOf('packages', 'apps', 'e2e', 'scripts', 'bench').filter(
      (file) =>
        /\.(ts|tsx|mjs|js|css)$/.test(file) &&
        !/\/tests?\/|\/generated\//.test(file) &&
        existsSync(path.join(root, file)),
    );
    expect(written.length).toBeGreaterThan(800);
    expect(written.filter((file) => lines(file) > 349)).toEqual([]);
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

  it('keeps TF.js out of what trains in pages', () => {
    const reached = new Set(['packages/core/src/train/trainer/index.ts']);
    for (const file of reached) for (const { from, to, isType } of edges) if (from === file && !isType) reached.add(to);
    expect(reached).toContain('packages/core/src/train/portable/lower.ts');
    expect([...reached].filter((file) => file.startsWith('@tensorflow/'))).toEqual([]);
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
    const ofPackages = [
      'core/dist/index.js',
      'core/dist/train/index.js',
      'core/dist/node/index.js',
      'store/dist/index.js',
    ];
    const there = ['server/store.ts', 'ui/a.tsx', 'api/a.ts', 'live/a.ts', 'charts/a.tsx', 'features/a.ts'].map(
      (file) => `apps/web/src/${file}`,
    );
    there.push('apps/web/process/main.ts', 'e2e/a.ts', 'packages/core/src/node/a.ts');
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
      ['packages/core/src/a.ts', "import '@whorl/store';", 'packages/core may not import packages/store'],
      [
        'packages/core/src/train/a.ts',
        "import { openStore } from '@whorl/store';",
        'packages/core/src/train may not import packages/store',
      ],
      ['packages/core/src/train/b.ts', "import '../node/a.ts';", 'may not import packages/core/src/node'],
      [
        'packages/core/src/c.ts',
        "import { readFile } from 'node:fs/promises';",
        'packages/core/src/node and packages/store and',
      ],
      [
        'packages/core/src/train/c.ts',
        "const native = await import('@tensorflow/tfjs-node');",
        'only packages/core/src/node may',
      ],
      [
        'apps/web/src/features/a.ts',
        "import { prepare } from '@whorl/core/node';",
        'apps/web/src/features may not import packages/core/src/node',
      ],
      ['apps/web/src/contract/a.ts', "import '@whorl/core/node';", 'may not import packages/core/src/node'],
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
        'apps/web/process/a.ts',
        "import '#src/server/store.ts';",
        'apps/web/process may not import apps/web/src/server',
      ],
      ['apps/web/src/contract/a.ts', "import '#src/ui/a.tsx';", 'apps/web/src/contract may not import apps/web/src/ui'],
      [
        'apps/web/src/server/a.ts',
        "import { type Store, openStore } from '@whorl/store';",
        'apps/web/src/server may import only types of packages/store',
      ],
      ['apps/web/src/server/a.ts', "import '#src/features/a.ts';", 'may not import apps/web/src/features'],
      [
        'apps/web/src/api/a.ts',
        "import { createCaller } from '#src/server/store.ts';",
        'apps/web/src/api may import only types of apps/web/src/server',
      ],
      ['apps/web/src/view/a.ts', "import '#src/api/a.ts';", 'apps/web/src/view may not import apps/web/src/api'],
      ['apps/web/src/live/a.ts', "import '#src/features/a.ts';", 'may not import apps/web/src/features'],
      ['apps/web/src/charts/a.tsx', "import '#src/live/a.ts';", 'apps/web/src/charts may not import apps/web/src/live'],
      ['apps/web/src/ui/a.tsx', "import '#src/charts/a.tsx';", 'apps/web/src/ui may not import apps/web/src/charts'],
      ['apps/web/src/i18n/a.ts', "import '#src/ui/a.tsx';", 'apps/web/src/i18n may not import apps/web/src/ui'],
      [
        'apps/web/src/features/a.ts',
        "import type { Store } from '@whorl/store';",
        'apps/web/src/features may not import packages/store',
      ],
      ['apps/web/src/features/a.ts', "import '#src/server/store.ts';", 'may not import apps/web/src/server'],
      ['apps/web/app/a.tsx', "const { openStore } = await import('@whorl/store');", 'may not import packages/store'],
      ['apps/web/app/b.tsx', "import '#process/main.ts';", 'apps/web/app may not import apps/web/process'],
      ['apps/web/a.ts', "import '#src/features/a.ts';", 'apps/web may not import apps/web/src/features'],
      ['scripts/a.mjs', "import '../packages/core/dist/index.js';", 'scripts may not import packages/core'],
      ['bench/a.mjs', "import '../e2e/a.ts';", 'bench may not import e2e'],
      ['e2e/b.ts', "import '@whorl/core';", 'e2e may not import packages/core'],
      ['apps/web/src/charts/b.tsx', "import {\n  PrismaClient,\n} from '@prisma/client';", 'only packages/store may'],
      [
        'packages/core/src/b.ts',
        "import * as tf from '@tensorflow/tfjs-core';",
        'only packages/core/src/train and packages/core/src/node may',
      ],
      ['apps/web/src/contract/b.ts', "import { useState } from 'react';", 'may import it'],
      ['apps/web/src/ui/b.tsx', "import { init } from 'echarts';", 'only apps/web/src/charts and'],
    ])('%s', (file, text, reason) => {
      const { edges, unresolved } = plant(file, text);
      expect(violations(edges).join()).toContain(reason);
      expect(unresolved).toEqual([]);
    });

    const FEATURES = 'apps/web/src/features';
    it.each([
      [`${FEATURES}/a/door.tsx`, "import '#src/features/b/views/inside.tsx';", "b's views are its own"],
      [`${FEATURES}/b/model/a.ts`, "import '../views/inside.tsx';", 'a model knows no views'],
    ])('%s: %s', (file, text, reason) => {
      plant(`${FEATURES}/b/views/inside.tsx`, '');
      expect(intrusions(plant(file, text).edges).join()).toContain(reason);
    });

    it('a model that needs a browser, however far away it does', () => {
      const files = [`${FEATURES}/a/model/a.ts`, 'apps/web/src/charts/c.ts'];
      plant(files[1] as string, "import { useMemo } from 'react';");
      plant(files[0] as string, "import '#src/charts/c.ts';");
      expect(impureModels(readImports(planted, files).edges)).toEqual([[...files, 'react'].join(' -> ')]);
      plant(files[0] as string, "import type { C } from '#src/charts/c.ts';");
      expect(impureModels(readImports(planted, files).edges)).toEqual([]);
    });

    it('a cycle of folders, and one of features', () => {
      const files = ['a/model/one.ts', 'b/door.ts', 'b/model/two.ts', 'a/door.ts'].map((file) => `${FEATURES}/${file}`);
      plant(files[1] as string, '');
      plant(files[3] as string, '');
      plant(files[0] as string, "import '../../b/door.ts';");
      plant(files[2] as string, "import '../../a/door.ts';");
      const { edges } = readImports(planted, files);
      expect(cycle(edges)).toBeUndefined();
      expect(cycle(between(edges, path.posix.dirname))).toBeUndefined();
      expect(cycle(between(edges, featureOf))).toEqual(['a', 'b', 'a']);
      plant(files[3] as string, "import './model/one.ts';");
      plant(files[1] as string, "import './model/two.ts';");
      const folders = between(readImports(planted, files).edges, path.posix.dirname);
      expect(cycle(folders)).toBeDefined();
    });

    it('a name that hides in a variable', () => {
      const text = "const name = 'node:fs'; await import(name);";
      expect(plant('packages/core/src/hiding.ts', text).hidden).toEqual(['packages/core/src/hiding.ts']);
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
