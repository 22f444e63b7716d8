import { elsewhere } from '../support/elsewhere.ts';
import { expect, sharing as test } from '../support/whorl.ts';

test('the lines for a page, copied from Log, log from a page of this machine', async ({ page, app, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`${app.url}/log?experiment=from a page <1>`);
  await page.getByRole('link', { name: 'JavaScript in a page' }).click();
  await expect(page.getByRole('heading', { name: 'JavaScript in a page' })).toBeVisible();
  await page.getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  const lines = await page.evaluate(() => navigator.clipboard.readText());
  const own = '<script>const [seed, lr, steps] = [3, 0.1, 100]; const train = (step) => 1 / (step + 1);</script>';
  const other = await elsewhere(`<!doctype html><title>elsewhere</title>${own}\n${lines}`);
  try {
    const ended = page.waitForResponse(
      (response) =>
        response.url().includes('/api/log/') && response.request().postData()?.includes('finished') === true,
    );
    await page.goto(other.url);
    await ended;
  } finally {
    other.close();
  }
  await page.goto(`${app.url}/?text=from a page`);
  await page.getByRole('link', { name: 'from a page <1>' }).click();
  await expect(page.getByRole('cell', { name: 'finished' }).first()).toBeVisible();
  await expect(page.getByText('0.0100', { exact: true }).first()).toBeVisible();
});
