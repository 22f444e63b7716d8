import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readNames } from './exports.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !file.endsWith('.d.ts') && existsSync(path.join(root, file)));
const names = new Map(
  tracked
    .filter((file) => !file.startsWith('packages/core/assembly/'))
    .map((file) => [file, readNames(root, file)] as const),
);

const isSource = (file: string): boolean => /^(packages|apps)\/[^/]+\/src\/|^apps\/web\/(process|app)\//.test(file);
/** What Next.js looks for in a route by its name. */
const OF_ROUTES = ['default', 'dynamic', 'metadata', 'generateMetadata', 'GET', 'POST'];
const isOfRoute = (file: string, name: string): boolean => file.startsWith('apps/web/app/') && OF_ROUTES.includes(name);

/** What other people's programs call the client by, wherever they run: `whorl.init`. */
const isOfClient = (file: string, name: string): boolean => name === 'init' && file.startsWith('packages/client/');

/** The names that several files define, with the files. */
function doubles(defined: Iterable<readonly [file: string, names: readonly string[]]>): string[] {
  const places = new Map<string, string[]>();
  for (const [file, all] of defined) {
    for (const name of all)
      if (!isOfRoute(file, name) && !isOfClient(file, name)) places.set(name, [...(places.get(name) ?? []), file]);
  }
  return [...places].flatMap(([name, files]) => (files.length > 1 ? `${name}: ${files.join(', ')}` : []));
}

describe('a name', () => {
  const defined = [...names].filter(([file]) => isSource(file)).map(([file, { defined }]) => [file, defined] as const);

  it('is exported by one file, so that who looks for it finds one thing', () => {
    expect(defined.length).toBeGreaterThan(500);
    expect(defined.flatMap(([, all]) => all).length).toBeGreaterThan(1500);
    expect(doubles(defined)).toEqual([]);
  });

  it('that two files define is seen', () => {
    const [one, other] = ['apps/web/app/one/page.tsx', 'apps/web/app/other/page.tsx'];
    expect(doubles([...['a.ts', 'b.ts', one, other].map((file) => [file, ['default', 'metadata']] as const)])).toEqual([
      'default: a.ts, b.ts',
      'metadata: a.ts, b.ts',
    ]);
  });
});

describe('the door of a package', () => {
  const doors = [...names].filter(([file]) =>
    /^packages\/[^/]+\/src\/(node\/|query\/|train\/|writeup\/)?index\.ts$/.test(file),
  );

  it('is there', () => {
    expect(doors.map(([file]) => file)).toEqual([
      'packages/core/src/index.ts',
      'packages/core/src/node/index.ts',
      'packages/core/src/query/index.ts',
      'packages/core/src/train/index.ts',
      'packages/core/src/writeup/index.ts',
      'packages/formats/src/index.ts',
      'packages/store/src/index.ts',
    ]);
  });

  it.each(doors)('%s has nothing that nobody takes', (door, { passed }) => {
    const taken = new Set([...names.values()].flatMap((of) => [...(of.taken.get(door) ?? [])]));
    expect(taken.size).toBeGreaterThan(0);
    expect(taken).not.toContain('*'); // of a namespace nobody sees what is taken
    expect(passed.filter((name) => !taken.has(name))).toEqual([]);
  });
});
