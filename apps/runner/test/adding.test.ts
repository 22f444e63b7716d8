import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import runner from '../rolldown.config.mjs';

// Follows docs/adding-a-study.md in a copy of core: the files as the page has them, and the lines. What people run is built
// over the copy, and with it what the pages ask.

const root = fileURLToPath(new URL('../../..', import.meta.url));
const page = readFileSync(path.join(root, 'docs/adding-a-study.md'), 'utf8');
const [data, dataLine, kind, kindLine, rule, study, studyLine] = [...page.matchAll(/```ts\n(.*?)```/gs)].map(
  ([, code = '']) => code,
);

const copy = mkdtempSync(path.join(tmpdir(), 'whorl-adding-'));
const core = path.join(copy, 'packages/core/src');
const home = path.join(copy, 'record');
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** A file, and a line before the end of the list beside it, with the import that an editor adds. */
function add(folder: string, name: string, text = '', list: string, line = '', end: string): void {
  writeFileSync(path.join(core, folder, `${name}.ts`), text);
  const variable = /export const (\w+)/.exec(text)?.[1];
  const file = path.join(core, folder, `${list}.ts`);
  const before = readFileSync(file, 'utf8');
  expect(before.split(end), `${list} has one end`).toHaveLength(2);
  writeFileSync(
    file,
    `import { ${variable} } from './${name}.ts';\n${before.replace(end, `\n${line}${end.slice(1)}`)}`,
  );
}

/** What the pages ask of a record: written to be built over the copy. */
const PAGES = `
import { factorLabels, levelNames } from '@whorl/core';
import { openStore } from '@whorl/store';
import { levelColours } from '#src/charts/colours.ts';
import { claimsOf } from '#src/server/record/claims.ts';
import { createCaller } from '#src/server/router.ts';

const store = await openStore({ home: process.argv[2] });
const caller = createCaller({ store, viewer: { kind: 'owner' }, timeZone: 'UTC' });
const [experiment] = await store.experiments.all();
const outline = await caller.curves.outline({ target: { experimentId: experiment.id }, by: null, seeds: false });
const overview = await caller.comparison.overview({ target: { experimentId: experiment.id } });
const [path] = outline.by;
const levels = outline.groups.map(({ levels }) => levels);
const { claims, configurations, complete } = await claimsOf(store, experiment);
console.log(JSON.stringify({
  factors: overview.factors,
  ofStudy: outline.ofStudy,
  names: levelNames(outline.by, levels),
  colours: [...levelColours(path, levels.map(([level]) => level))].map(([level, { light }]) => [level, light]),
  claims, configurations, complete,
}));
await store.close();
`;

/** What is built of the copy, in the folders in which what is native finds the files beside it. */
async function build(): Promise<void> {
  cpSync(path.join(root, 'packages/core/src'), core, { recursive: true });
  add('kinds/data', 'stripes', data, 'index', dataLine, '\n} as const;');
  add('kinds/optimizers', 'sign-sgd', kind, 'index', kindLine, '\n} as const;');
  add('train/optimizers', 'sign-sgd', rule, 'rules', kindLine, '\n} satisfies');
  add('studies', 'sign', study, 'index', studyLine, '\n];');
  for (const linked of ['node_modules', 'prisma']) symlinkSync(path.join(root, linked), path.join(copy, linked));
  mkdirSync(path.join(copy, 'apps/runner'), { recursive: true });
  cpSync(path.join(root, 'apps/runner/bin'), path.join(copy, 'apps/runner/bin'), { recursive: true });
  cpSync(path.join(root, 'apps/runner/package.json'), path.join(copy, 'apps/runner/package.json'));
  // Beside the pages' own files, whose names for each other it has.
  const pages = path.join(root, 'apps/web/src/.adding.ts');
  const bundle = await rolldown({
    ...runner,
    cwd: path.join(root, 'apps/runner'),
    input: { main: 'src/main.ts', worker: 'src/training/worker.ts', pages },
    resolve: {
      alias: {
        '@whorl/core/node': path.join(core, 'node/index.ts'),
        '@whorl/core/train': path.join(core, 'train/index.ts'),
        '@whorl/core/query': path.join(core, 'query/index.ts'),
        '@whorl/core': path.join(core, 'index.ts'),
      },
    },
    plugins: [
      runner.plugins,
      { name: 'pages', resolveId: (id) => (id === pages ? id : null), load: (id) => (id === pages ? PAGES : null) },
    ],
    logLevel: 'silent',
  });
  await bundle.write({ ...runner.output, dir: path.join(copy, 'apps/runner/dist') });
  await bundle.close();
}

const { DATABASE_URL: _, WHORL_LANG: __, FORCE_COLOR: ___, ...plain } = process.env;
const run = (file: string, ...args: string[]): string =>
  execFileSync(process.execPath, [path.join(copy, 'apps/runner', file), ...args], {
    env: { ...plain, LC_ALL: 'C.UTF-8', WHORL_HOME: home },
    encoding: 'utf8',
    stdio: 'pipe',
  });
const whorl = (...args: string[]): string => run('bin/whorl.js', ...args);
const refusal = (...args: string[]): string => {
  try {
    return whorl(...args);
  } catch (error) {
    return (error as { stderr: string }).stderr;
  }
};

describe('the page on how to add a data set, an optimizer and a study', () => {
  beforeAll(build);

  it('adds them to the command line: what there is, what is meant, what is refused', () => {
    expect(whorl('studies')).toContain('Is the sign of the gradient enough to learn by?');
    expect(refusal('run', 'sign', 'optimizer=sign descent')).toContain('Did you mean "sign-sgd"? Allowed: sgd, ');
    expect(refusal('run', 'sign', 'data=bars')).toContain('Did you mean "stripes"?');
    expect(refusal('run', 'sign', 'data=stripes', 'data.squares=3')).toContain('It has: name, n, noise');
    const args = ['run', 'sign', 'optimizer=sign-sgd', 'epochs=1', '--engine', 'portable'];
    const { stderr } = spawnSync(process.execPath, [path.join(copy, 'apps/runner/bin/whorl.js'), ...args], {
      env: { ...plain, LC_ALL: 'C.UTF-8', WHORL_HOME: home },
      encoding: 'utf8',
    });
    expect(stderr).toContain('on portable, eager (the engine portable has no kernel for the optimizer sign-sgd)');
  });

  it('trains them, and what the pages are told has them as factors with a name and a colour, and as evidence', () => {
    rmSync(home, { recursive: true, force: true });
    const { studies } = JSON.parse(
      whorl('course', '--only', 'sign', '--quick', '--engine', 'cpu', '--jobs', '1', '--json'),
    );
    expect(studies).toMatchObject([{ study: 'sign', outcome: 'shown', supported: true }]);

    const told = JSON.parse(run('dist/pages.js', home));
    expect(told).toMatchObject({
      factors: [{ path: 'optimizer.name', levels: [{ value: 'sgd' }, { value: 'sign-sgd' }] }],
      ofStudy: ['optimizer.name'],
      names: ['sgd', 'sign-sgd'],
      colours: [
        ['sgd', expect.stringMatching(/^#/)],
        ['sign-sgd', expect.stringMatching(/^#/)],
      ],
      claims: [{ claim: { en: 'At the same rate the sign gets further.' }, outcome: 'shown' }],
      configurations: 2,
      complete: 2,
    });
    expect(new Set(told.colours.map(([, colour]: [string, string]) => colour)).size).toBe(2);
  });
});
