import type { Locator, Page, Route } from '@playwright/test';
import axe from 'axe-core';
import { expect, sharing, test } from '../support/whorl.ts';

const cellOf = (page: Page, id: string): Locator => page.locator(`[data-cell="${id}"]`);

sharing(
  'a cell is changed and run by keys alone, prints as PyTorch does, and stands in the address',
  async ({ app, page }) => {
    const faults: string[] = [];
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.goto(`${app.url}/concepts/tensors`);
    const cell = cellOf(page, 'dtypes');
    const lines = cell.getByRole('textbox');
    await lines.focus();
    await page.keyboard.press('Shift+Enter');
    const output = cell.getByTestId('output');
    await expect(output).toContainText('tensor([[3.5000, 4.5000],');
    await expect(output).toContainText(
      'RuntimeError: expected m1 and m2 to have the same dtype, but got: float != long int',
    );
    await expect(output).toContainText('a @ b.float()');
    await lines.fill('torch.arange(3) * 2');
    await page.keyboard.press('Shift+Enter');
    await expect(output).toHaveText('tensor([0, 2, 4])');
    await expect(page).toHaveURL(/dtypes=torch\.arange/);
    await page.reload();
    await expect(lines).toHaveValue('torch.arange(3) * 2');
    await cell.getByRole('button', { name: 'Back to the first text' }).click();
    await expect(page).not.toHaveURL(/dtypes=/);
    expect(faults).toEqual([]);
  },
);

sharing('a cell that never ends is stopped, and its worker with it', async ({ app, page }) => {
  await page.goto(`${app.url}/concepts/tensors`);
  const cell = cellOf(page, 'runaway');
  await cell.getByRole('button', { name: 'Run' }).click();
  await expect(cell).toHaveAttribute('data-state', 'running');
  await expect.poll(() => page.workers().length).toBe(1);
  await cell.getByRole('button', { name: 'Stop' }).click();
  await expect(cell).toHaveAttribute('data-state', 'stopped');
  await expect.poll(() => page.workers().length).toBe(0);
  const other = cellOf(page, 'product');
  await other.getByRole('button', { name: 'Run' }).click();
  await expect(other.getByTestId('output')).toContainText('tensor([[17.],');
});

sharing(
  'bug: a cell that is stopped before its worker has its script stays stopped, where the script then fails',
  async ({ app, page }) => {
    await page.goto(`${app.url}/concepts/tensors`);
    const cell = cellOf(page, 'runaway');
    await cell.scrollIntoViewIfNeeded();
    const waiting: Route[] = [];
    await page.route('**/_next/static/**', (route) => void waiting.push(route));
    await cell.getByRole('button', { name: 'Run' }).click();
    await expect.poll(() => waiting.length).toBeGreaterThan(0);
    await cell.getByRole('button', { name: 'Stop' }).click();
    await expect(cell).toHaveAttribute('data-state', 'stopped');
    for (const route of waiting) await route.abort();
    await page.unrouteAll();
    await cell.getByRole('button', { name: 'Run' }).click();
    await expect(cell).toHaveAttribute('data-state', 'running');
    await expect.poll(() => page.workers().length).toBe(1);
    await cell.getByRole('button', { name: 'Stop' }).click();
    await expect(cell).toHaveAttribute('data-state', 'stopped');
  },
);

for (const [prefix, colorScheme, run] of [
  ['', 'dark', 'Run'],
  ['/zh', 'light', '运行'],
] as const) {
  test(`cells at 390 px, by touch, ${colorScheme}, ${prefix || 'English'}: nothing juts out, axe finds nothing`, async ({
    app,
    browser,
  }) => {
    const context = await browser.newContext({
      ...{ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme },
    });
    const page = await context.newPage();
    await page.goto(`${app.url}${prefix}/concepts/tensors`);
    for (const id of ['views', 'dtypes']) {
      await cellOf(page, id).getByRole('button', { name: run }).tap();
      await expect(cellOf(page, id).getByTestId('output')).toContainText('RuntimeError');
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.evaluate(axe.source);
    const found = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
      const { violations } = await axe.run('[data-lab]', { resultTypes: ['violations'] });
      return violations.map(({ id, nodes }) => [id, ...nodes.map(({ target }) => target.join(' '))]);
    });
    expect(found).toEqual([]);
    await context.close();
  });
}
