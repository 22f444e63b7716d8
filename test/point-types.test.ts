import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { pointTypes } from './point-types.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
/** What the points of a series pass between the loop and a pixel. */
const WAY = ['packages/core/src', 'packages/store/src', 'apps/web/src', 'apps/web/app', 'apps/runner/src'];
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...WAY], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.tsx?$/.test(file) && !file.includes('/generated/') && existsSync(path.join(root, file)));

describe('the points of a series', () => {
  const named = [...read('docs/follow-through.md').matchAll(/^- `(\w+)` \(`([^`]+)`\):/gm)].map(
    ([, name = '', file = '']) => ({ name, file }),
  );

  it('have at most three types, which the page on what is followed names', () => {
    expect(named.map(({ name }) => name)).toEqual(['Columns', 'pointColumns', 'Curve']);
    for (const { name, file } of named) expect(read(file)).toMatch(new RegExp(`export (interface|const) ${name}\\b`));
  });

  it('are declared nowhere else', () => {
    expect(files.length).toBeGreaterThan(500);
    const declared = files.flatMap((file) => pointTypes(root, file));
    expect(declared).toEqual([
      'packages/core/src/curves/curve.ts: steps, values',
      'packages/store/src/chunk-codec.ts: steps, values, times',
    ]);
  });

  it.each([
    ['an interface', 'export interface Line { readonly xs: ArrayLike<number>; readonly ys: ArrayLike<number> }'],
    ['a type within another', 'type A = { readonly of: Map<string, { steps: number[]; values: number[] }> };'],
    ['what a function gives', 'const f = (): { times: Float64Array; values: Float64Array } => g();'],
    ['a schema', 'const schema = z.object({ key: z.string(), steps: z.array(z.int()), values: z.array(z.number()) });'],
    ['a packed schema', 'const schema = z.object({ x: packedSchema, values: packedSchema });'],
  ])('are seen in %s', (_, text) => {
    expect(pointTypes(root, 'a.ts', text)).toHaveLength(1);
  });

  it.each([
    ['a point', 'interface Point { readonly x: number; readonly values: number }'],
    ['what extends one of the three', 'interface Line extends Curve<ArrayLike<number>> { readonly name: string }'],
    ['what is made of it', 'class Growing implements Curve<number[]> { steps: number[] = []; values: number[] = []; }'],
  ])('are not seen in %s', (_, text) => {
    expect(pointTypes(root, 'a.ts', text)).toEqual([]);
  });
});
