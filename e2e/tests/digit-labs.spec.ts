import type { Locator, Page } from '@playwright/test';
import axe from 'axe-core';
import { expect, sharing, test } from '../support/whorl.ts';

async function ready(page: Page, id: string): Promise<Locator> {
  const lab = page.locator(`[data-lab="${id}"]`);
  await lab.scrollIntoViewIfNeeded();
  await expect(lab).toHaveAttribute('data-phase', 'ready', { timeout: 60_000 });
  return lab;
}

/** What a network says of each digit. */
const answersOf = async (lab: Locator, training: string): Promise<string> =>
  lab.locator(`[data-training="${training}"] ol`).innerText();

/** The same once it no longer changes: a worker answers stroke by stroke. */
async function settledAnswers(lab: Locator, training: string): Promise<string> {
  let before = '';
  await expect
    .poll(
      async () => {
        const now = await answersOf(lab, training);
        const isSame = now === before;
        before = now;
        return isSame;
      },
      { intervals: [500] },
    )
    .toBe(true);
  return before;
}

for (const id of ['lenet-vs-alexnet', 'mlp-vs-cnn']) {
  sharing(
    `the lab ${id} trains in a worker of our own, tests, and begins anew when it is set`,
    async ({ app, page }) => {
      const faults: string[] = [];
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
      await page.goto(`${app.url}/concepts/${id}?step=2&seed=2`);
      const lab = await ready(page, id);
      await expect(lab.getByTestId('lab-step')).toHaveText('step 2 of 640', { timeout: 60_000 });
      for (const shown of await lab.locator('[data-test]').all())
        await expect(shown).toHaveAttribute('data-test', /^0\.\d/);
      await lab.getByRole('button', { name: 'Play' }).click();
      await expect
        .poll(async () => Number(await lab.getAttribute('data-done')), { timeout: 60_000 })
        .toBeGreaterThan(4);
      await lab.getByRole('button', { name: 'Pause' }).click();
      await lab.getByLabel('Seed').fill('5');
      await expect(lab.getByTestId('lab-step')).toHaveText('step 0 of 640', { timeout: 60_000 });
      await expect(page).toHaveURL(/seed=5/);
      expect(faults).toEqual([]);
    },
  );
}

sharing('a digit is drawn by keys alone, and stands in the address', async ({ app, page }) => {
  await page.goto(`${app.url}/concepts/lenet-vs-alexnet?rung=2&step=30`);
  const lab = await ready(page, 'lenet-vs-alexnet');
  await expect(lab.getByText('Layer 1: 6 maps of 28 × 28.').first()).toBeVisible();
  await expect(lab.getByTestId('lab-step')).toHaveText('step 30 of 640', { timeout: 60_000 });
  const before = await answersOf(lab, 'LeNet');
  await lab.getByRole('application', { name: 'Draw a digit' }).focus();
  for (let i = 0; i < 14; i++) await page.keyboard.press('Shift+ArrowDown');
  await expect.poll(() => answersOf(lab, 'LeNet')).not.toBe(before);
  await expect(page).toHaveURL(/digit=d/);
  const drawn = await settledAnswers(lab, 'LeNet');
  const address = page.url();
  await lab.getByRole('button', { name: '7', exact: true }).press('Enter');
  await expect(page).toHaveURL(/digit=7.0/);
  await lab.getByRole('button', { name: '7', exact: true }).press('Enter');
  await expect(page).toHaveURL(/digit=7.1/);
  await expect.poll(() => answersOf(lab, 'LeNet')).not.toBe(drawn);
  await page.goto(address);
  await expect.poll(() => answersOf(page.locator('[data-lab]'), 'LeNet'), { timeout: 90_000 }).toBe(drawn);
});

for (const [prefix, colorScheme, id] of [
  ['', 'dark', 'lenet-vs-alexnet'],
  ['/zh', 'light', 'lenet-vs-alexnet'],
  ['/zh', 'dark', 'mlp-vs-cnn'],
] as const) {
  test(`${id} at 390 px, by touch, ${colorScheme}, ${prefix || 'English'}: nothing juts out, axe finds nothing`, async ({
    app,
    browser,
  }) => {
    const context = await browser.newContext({
      ...{ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme },
    });
    const page = await context.newPage();
    await page.goto(`${app.url}${prefix}/concepts/${id}`);
    const lab = await ready(page, id);
    const pad = lab.getByTestId('pad');
    await pad.scrollIntoViewIfNeeded();
    await pad.tap({ position: { x: 80, y: 60 } });
    await expect(page).toHaveURL(/digit=d/);
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
