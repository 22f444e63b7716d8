import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { playwrightReport, vitestReport } from '../scripts/test/reports.mjs';

const tool = (name: string) => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));
const modules = fileURLToPath(new URL('../node_modules', import.meta.url));
let folder = '';
beforeAll(() => {
  // Inside the checkout, where the runners are found.
  folder = mkdtempSync(path.join(modules, '.whorl-reports-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('bug: a run of the tests told how many failed, and not which', () => {
  const report = path.join(tmpdir(), `${path.basename(folder)}.json`);
  writeFileSync(
    path.join(folder, 'planted.test.mjs'),
    `import { describe, expect, test } from 'vitest';
     test('holds', () => expect(1).toBe(1));
     test.skip('waits', () => {});
     describe('of a kind', () => test('breaks', () => expect(1).toBe(2)));
     test('says more', () => { throw new Error('exit code 2\\n\\nerror: the disk is full'); });
     test('hangs', () => new Promise(() => {}), 20);`,
  );
  writeFileSync(path.join(folder, 'broken.test.mjs'), 'throw new Error("no such thing");');
  writeFileSync(path.join(folder, 'vitest.config.mjs'), 'export default { test: { exclude: [] } };');
  spawnSync(tool('vitest'), ['run', '--root', folder, '--reporter=json', `--outputFile=${report}`]);
  const counted = vitestReport(report, `${folder}/`);
  rmSync(report, { force: true });
  expect(counted).toEqual({
    ...{ passed: 1, failed: 3, skipped: 1 },
    failures: expect.arrayContaining([
      'planted.test.mjs: of a kind › breaks: AssertionError: expected 1 to be 2 // Object.is equality',
      'planted.test.mjs: says more: Error: exit code 2 / error: the disk is full',
      'planted.test.mjs: hangs: it took longer than its time limit',
      'broken.test.mjs: before any test: no such thing',
    ]),
  });
});

test('so does a run of the tests in a browser', () => {
  const report = path.join(folder, 'playwright.json');
  writeFileSync(
    path.join(folder, 'planted.spec.mjs'),
    `import { expect, test } from '@playwright/test';
     test('holds', () => expect(1).toBe(1));
     test.describe('of a kind', () => test('breaks', () => expect(1).toBe(2)));`,
  );
  writeFileSync(path.join(folder, 'playwright.config.mjs'), "export default { testMatch: 'planted.spec.mjs' };");
  const env = { PATH: process.env.PATH, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  spawnSync(tool('playwright'), ['test', '--reporter=json'], { cwd: folder, env });
  expect(playwrightReport(report)).toEqual({
    ...{ passed: 1, failed: 1, skipped: 0 },
    failures: [expect.stringMatching(/^planted\.spec\.mjs: of a kind › breaks: Error: expect\(received\)\.toBe/)],
  });
});
