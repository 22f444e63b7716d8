import type { Page } from '@playwright/test';
import { expect, grid, QUICK, sharing, test } from '../support/whorl.ts';

// How a page is read: what it says first, on a narrow screen, by keyboard alone, on paper.

const focusedCell = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('[data-cell]')?.getAttribute('data-cell') ?? null);

sharing(
  'the experiment page has the answer under its question, in the words of the comparison',
  async ({ app, whorl, page }) => {
    const { experiment } = await grid(whorl);
    for (const prefix of ['', '/zh']) {
      await page.goto(`${app.url}${prefix}/experiments/${experiment.id}`);
      const answer = page.getByTestId('answer');
      const link = answer.getByRole('link');
      const said = ((await answer.textContent()) ?? '').replace((await link.textContent()) ?? '', '').trim();
      expect(said.length).toBeGreaterThan(20);
      await link.click();
      await expect(page).toHaveURL(/\/compare\?experiment=.*by=model\.activation/);
      await expect(page.getByTestId('verdict')).toHaveText(said);
    }
  },
);

sharing(
  'configurations have the best mean first, and the list of experiments shows that one',
  async ({ app, whorl, page }) => {
    const { experiment } = await grid(whorl);
    await page.goto(`${app.url}/experiments/${experiment.id}`);
    const table = page.locator('tr[data-configuration]');
    await expect(table).toHaveCount(4);
    const means = (await table.locator('td.number:nth-of-type(2)').allTextContents()).map(Number.parseFloat);
    expect(means).toEqual([...means].sort((a, b) => b - a));
    await expect(table.first().getByTestId('leader')).toBeVisible();
    await expect(page.getByTestId('leader')).toHaveCount(1);
    await page.goto(app.url);
    const best = page.locator(`[data-experiment="${experiment.id}"] [data-testid="best"]:visible`);
    await expect(best).toContainText('3 seeds');
    expect(Number.parseFloat((await best.textContent()) ?? '')).toBeCloseTo(means[0] as number, 3);
  },
);

sharing('nothing is called live where nothing runs', async ({ app, whorl, page }) => {
  const { experiment, runs } = await grid(whorl);
  for (const path of [
    '/',
    `/experiments/${experiment.id}`,
    `/compare?experiment=${experiment.id}`,
    `/runs/${runs[0]?.id}`,
  ]) {
    await page.goto(app.url + path);
    await page.waitForTimeout(1_000);
    await expect(page.locator('[data-connection="live"]'), path).toHaveCount(0);
  }
});

for (const width of [390, 1024]) {
  sharing(`at ${width} px the accuracy is on the screen without scrolling`, async ({ app, whorl, page }) => {
    const { experiment } = await grid(whorl);
    await page.setViewportSize({ width, height: 844 });
    await page.goto(`${app.url}/experiments/${experiment.id}`);
    for (const cell of [
      page.locator('tr[data-run] td[aria-colindex="3"]').first(),
      page.locator('tr[data-configuration] td:nth-of-type(2)').first(),
    ]) {
      await expect(cell).toHaveText(/0\.\d/);
      const { x = width, width: own = 0 } = (await cell.boundingBox()) ?? {};
      expect(x + own).toBeLessThanOrEqual(width);
    }
    await page.goto(`${app.url}/compare?experiment=${experiment.id}`);
    const cell = page.getByTestId('compared-runs').locator('tr[data-run] td.number').first();
    await cell.scrollIntoViewIfNeeded();
    const { x = width, width: own = 0 } = (await cell.boundingBox()) ?? {};
    expect(x + own).toBeLessThanOrEqual(width);
  });
}

sharing(
  '/ goes to the field to search by, ? lists the keys, and neither while somebody types',
  async ({ app, whorl, page }) => {
    const { experiment } = await grid(whorl);
    await page.goto(`${app.url}/experiments/${experiment.id}`);
    await expect(page.locator('[data-drawn]').first()).toBeAttached(); // the page has come to life
    const query = page.getByRole('combobox', { name: 'Query' });
    await page.keyboard.press('/');
    await expect(query).toBeFocused();
    await page.keyboard.type('a/b?');
    await expect(query).toHaveValue('a/b?');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(query).not.toBeFocused();
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keys' });
    await expect(dialog).toContainText('Rename the run');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await page.goto(`${app.url}/zh`);
    await page.waitForTimeout(500);
    await page.keyboard.press('/');
    await expect(page.getByRole('searchbox')).toBeFocused();
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: '快捷键' })).toBeVisible();
  },
);

sharing(
  'the Tab key reaches a row of the table of runs, a hint says how to go on, and Enter opens it',
  async ({ app, whorl, page }) => {
    const { experiment } = await grid(whorl);
    await page.goto(`${app.url}/experiments/${experiment.id}`);
    await expect(page.locator('[data-drawn]').first()).toBeAttached();
    const hint = page.getByText('Arrow keys walk');
    await expect(hint).toBeHidden();
    await page.getByRole('button', { name: 'Views' }).focus();
    await page.keyboard.press('Tab');
    expect(await focusedCell(page)).toMatch(/^-1:/);
    await page.keyboard.press('Tab');
    expect(await focusedCell(page)).toBe('0:1');
    await expect(hint).toBeVisible();
    await page.keyboard.press('ArrowDown');
    expect(await focusedCell(page)).toBe('1:1');
    // Away and back: the stop is where it was.
    await page.keyboard.press('Shift+Tab');
    expect(await focusedCell(page)).toMatch(/^-1:/);
    await page.keyboard.press('Tab');
    expect(await focusedCell(page)).toBe('1:1');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/runs\//);
  },
);

sharing(
  'on paper everything is drawn, in light colours, and the table has all its rows',
  async ({ app, whorl, page }) => {
    test.setTimeout(240_000);
    const { experiment } = await whorl.recorded(
      'spiral',
      ...QUICK,
      'optimizer.lr=0.001,0.002,0.003,0.004',
      '--seeds',
      '1..8',
    );
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.addInitScript(() => {
      window.print = () => {
        const shown = (selector: string) =>
          [...document.querySelectorAll(selector)].filter((item) => item.checkVisibility());
        Object.assign(window, {
          printed: {
            rows: shown('[data-runs-grid] tr[data-run]').length,
            charts: shown('figure[data-chart] canvas').length,
          },
        });
      };
    });
    const printed = () =>
      page.evaluate(() => (window as unknown as { printed?: { rows: number; charts: number } }).printed);
    await page.goto(`${app.url}/experiments/${experiment.id}`);
    await page.waitForTimeout(500);
    await page.keyboard.press('ControlOrMeta+p');
    await expect.poll(printed, { timeout: 20_000 }).toBeDefined();
    expect(await printed()).toMatchObject({ rows: 32 });
    expect((await printed())?.charts).toBeGreaterThanOrEqual(2);

    await page.goto(`${app.url}/compare?experiment=${experiment.id}`);
    await page.waitForTimeout(500);
    await page.keyboard.press('ControlOrMeta+p');
    await expect.poll(printed, { timeout: 20_000 }).toBeDefined();
    // The curves, the boundaries, the scatter plot and the parallel axes, none of which has been scrolled to.
    expect((await printed())?.charts).toBeGreaterThan(7);

    await page.emulateMedia({ media: 'print' });
    const ground = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect(ground, 'bug: a tinted box on white paper').toBe('rgb(255, 255, 255)');
    await expect(page.locator('input, [role=slider]').filter({ visible: true })).toHaveCount(0);
    // Paper is narrower than a wide screen, and what is scaled to it is not.
    await page.setViewportSize({ width: 816, height: 1056 });
    const tops = await page
      .locator('figure[data-chart="Batch loss"], figure[data-chart="Batch accuracy"]')
      .evaluateAll((charts) => charts.map((chart) => Math.round(chart.getBoundingClientRect().top)));
    expect([tops.length, new Set(tops).size], 'bug: charts below each other, half a page blank beside them').toEqual([
      2, 1,
    ]);
    await expect(page.locator('.button, .icon-button').filter({ visible: true })).toHaveCount(0);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 4).toString('latin1')).toBe('%PDF');
  },
);

sharing(
  'bug: what comes later into a box that scrolls, as a chart does, could not be scrolled by keyboard',
  async ({ app, whorl, page }) => {
    const { runs } = await grid(whorl);
    await page.setViewportSize({ width: 390, height: 900 });
    await page.goto(`${app.url}/runs/${runs[0]?.id}`);
    const box = page.locator('.overflow-x-auto[role="group"]:not([tabindex])').first();
    await box.waitFor({ state: 'attached' });
    const handle = await box.elementHandle();
    const tabIndex = () => handle?.getAttribute('tabindex');
    expect(await tabIndex()).toBeNull();
    await handle?.evaluate((element) => {
      const late = document.createElement('div');
      element.append(late);
      requestAnimationFrame(() => {
        late.style.width = '2000px';
        late.style.height = '1px';
        late.style.position = 'absolute'; // beside the flow: the box itself keeps its size
      });
    });
    await expect.poll(tabIndex).toBe('0');
  },
);
