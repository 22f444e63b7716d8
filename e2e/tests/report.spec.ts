import axe from 'axe-core';
import { saved } from '../support/downloads.ts';
import { expect, grid, test } from '../support/whorl.ts';

for (const { prefix, button, own, caption } of [
  { prefix: '', button: 'Report', own: '[In your own words]', caption: 'Figure 1.' },
  { prefix: '/zh', button: '报告', own: '【请用自己的话写】', caption: '图 1' },
]) {
  test(`a report is saved from the page of an experiment, and is a page of its own: ${button}`, async ({
    app,
    whorl,
    page,
  }) => {
    const { experiment } = await grid(whorl);
    await page.goto(`${app.url}${prefix}/experiments/${experiment.id}`);
    const html = (await saved(page, page.getByRole('link', { name: button, exact: true }))).toString('utf8');

    // It is opened where there is no server, and asks for nothing.
    const report = await page.context().newPage();
    const asked: string[] = [];
    report.on('request', (request) => asked.push(request.url()));
    await report.setContent(html);
    await expect(report.getByRole('heading', { level: 1 })).toHaveText(experiment.name);
    await expect(report.locator('figcaption').first()).toContainText(caption);
    const picture = await report.locator('figure svg').first().boundingBox();
    expect(picture?.width).toBeGreaterThan(500);

    const words = report.getByRole('textbox', { name: new RegExp(own.replace(/[[\]]/g, '\\$&')) });
    await words.fill('What I saw.');
    await expect(words).toHaveText('What I saw.');
    expect(asked.filter((url) => !url.startsWith('data:'))).toEqual([]);

    for (const width of [1280, 390]) {
      await report.setViewportSize({ width, height: 900 });
      expect(await report.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await report.evaluate(axe.source);
      const found = await report.evaluate(async () => {
        const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
        const { violations } = await axe.run(document, { resultTypes: ['violations'] });
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
      });
      expect(found).toEqual([]);
    }
  });
}

test('the homework of the course is saved from the list of concepts, whatever is recorded', async ({
  app,
  whorl,
  page,
}) => {
  await whorl.run('course', '--quick', '--only', 'tensors');
  await page.goto(`${app.url}/zh/concepts`);
  const html = (await saved(page, page.getByRole('link', { name: '报告', exact: true }))).toString('utf8');
  await page.setContent(html);
  await expect(page.getByRole('heading', { level: 3 })).toHaveCount(9);
  await expect(page.getByRole('table')).toHaveCount(1);
  await expect(page.locator('.missing')).toHaveCount(8);
  await expect(page.locator('.missing').first()).toContainText('npx whorl course --only spiral');
});
