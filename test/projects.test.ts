import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import config from '../vitest.config.ts';

it('npm test runs the tests of every project', () => {
  const script = readFileSync(fileURLToPath(new URL('../scripts/test.mjs', import.meta.url)), 'utf8');
  const run = [...script.matchAll(/unit\(\[([^\]]*)\]/g)].flatMap(([, names = '']) =>
    [...names.matchAll(/'(\w+)'/g)].map(([, name]) => name),
  );
  const projects = (config.test?.projects ?? []) as readonly { readonly test: { readonly name: string } }[];
  expect(projects.length).toBeGreaterThan(5);
  expect(run.sort()).toEqual(projects.map(({ test }) => test.name).sort());
});
