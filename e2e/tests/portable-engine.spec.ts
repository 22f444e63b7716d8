import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { elsewhere } from '../support/elsewhere.ts';

const fixtures = fileURLToPath(new URL('../../packages/core/test/fixtures/', import.meta.url));

/** What its worker trained, once it has. */
async function expectHashes(page: Page, url: string): Promise<void> {
  await page.goto(url);
  const shown = page.locator('#hashes');
  await expect(shown).not.toBeEmpty({ timeout: 100_000 });
  expect(JSON.parse(await shown.innerText())).toEqual(
    JSON.parse(readFileSync(`${fixtures}portable-hashes.json`, 'utf8')),
  );
}

test('trains every kind in a worker to the bits that Node has, from a server and from disk', async ({ page }) => {
  const html = execFileSync(process.execPath, [`${fixtures}portable-page.mjs`], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'whorl-portable-'));
  const file = path.join(folder, 'page.html');
  writeFileSync(file, html);
  const served = await elsewhere(html);
  try {
    await expectHashes(page, pathToFileURL(file).href);
    await expectHashes(page, served.url);
  } finally {
    served.close();
    rmSync(folder, { recursive: true });
  }
});
