import { expect, sharing, test } from '../support/whorl.ts';

sharing('the lab of optimizers draws its paths on the loss surface, chosen by keys alone', async ({ app, page }) => {
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  await page.goto(`${app.url}/concepts/optimizers?step=60`);
  await page.locator('[data-lab="optimizers"]').scrollIntoViewIfNeeded();
  const paths = page.getByTestId('paths');
  await expect(paths).toHaveAttribute('data-surveyed', '60', { timeout: 30_000 });
  await expect(paths.getByRole('img', { name: /to step 60/ })).toBeVisible();
  await expect(paths.getByRole('row', { name: /Adam · 0.1 \d+%/ })).toBeVisible();
  await expect(paths.locator('circle')).toHaveCount(4);
  const painted = await paths.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    return new Set(Array.from(data).filter((_, i) => i % 4 === 3)).size;
  });
  expect(painted).toBeGreaterThan(8);
  // The select goes on to the next choice, and the surface is measured anew for these paths.
  await paths.getByRole('combobox', { name: /^Paths/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page).toHaveURL(/plane=same/);
  await expect(paths.getByRole('row', { name: /Adam · 0.001 \d+%/ })).toBeVisible();
  // One step more: the paths are longer, and the surface is theirs.
  await page.locator('[data-lab="optimizers"]').getByRole('button', { name: 'One step' }).press('Enter');
  await expect(paths).toHaveAttribute('data-surveyed', '61');
  expect(faults).toEqual([]);
});

test('the loss surface fits in 390 px and answers to touch', async ({ app, browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await page.goto(`${app.url}/zh/concepts/optimizers?step=20&plane=all`);
  await page.locator('[data-lab="optimizers"]').scrollIntoViewIfNeeded();
  const paths = page.getByTestId('paths');
  await expect(paths).toHaveAttribute('data-surveyed', '20', { timeout: 30_000 });
  await expect(paths.locator('circle')).toHaveCount(7);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.locator('[data-lab="optimizers"]').getByRole('button').nth(2).tap();
  await expect(paths.locator('circle')).toHaveCount(0);
  await context.close();
});
