import { expect, test } from '../support/whorl.ts';

const quick = ['epochs=3', 'data.n=30', '--engine', 'wasm', '--jobs', '1'] as const;

/** 25 hours apart: at no moment is it the same day in both. */
const ZONES = [
  ['Pacific/Kiritimati', 'UTC+14'],
  ['Pacific/Pago_Pago', 'UTC−11'],
] as const;

const dayIn = (timeZone: string, date: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(new Date(date));

for (const [timeZone, offset] of ZONES) {
  test.describe(`for a reader in ${timeZone}`, () => {
    test.use({ timezoneId: timeZone });

    test('times are of their zone, which is named, from the first paint on, and a query is read in it', async ({
      app,
      whorl,
      page,
    }) => {
      const { experiment, runs } = await whorl.recorded('spiral', ...quick, '--seeds', '1');
      const run = await whorl.json<{ createdAt: string }>('show', runs[0]?.id ?? '');
      const shown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
      const moment = `${shown.format(new Date(run.createdAt))} ${offset}`;
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      const documents: Promise<string>[] = [];
      page.on('response', (response) => {
        if (response.request().resourceType() === 'document') documents.push(response.text().catch(() => ''));
      });

      const open = (query: string) =>
        page.goto(`${app.url}/experiments/${experiment.id}?cols=created&q=${encodeURIComponent(query)}`);
      const found = page.locator('[data-run]');
      for (const zone of ZONES.map(([name]) => name)) {
        await open(`created = "${dayIn(zone, run.createdAt)}"`);
        await expect(found).toHaveCount(zone === timeZone ? 1 : 0);
        if (zone === timeZone) await expect(found).toContainText(moment);
      }
      await open(`created = "${run.createdAt}"`); // exact: the same run for everyone
      await expect(found).toContainText(moment);
      // The server itself writes the reader's time: nothing changes on the page that is read.
      expect((await Promise.all(documents)).at(-1)).toContain(moment);

      await page.goto(`${app.url}/runs/${runs[0]?.id}`);
      await expect(page.getByText(offset).first()).toBeVisible();
      await expect(page.locator('[data-log]')).toBeVisible();
      await expect(page.getByText(`Times are of ${timeZone}`)).toBeVisible();
      expect(complaints).toEqual([]);
    });
  });
}

test('a chosen theme is there before the first paint, and no script of the head fails', async ({ app, browser }) => {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.addInitScript(() => localStorage.setItem('whorl-theme', 'dark'));
  await page.route('**/*.js', (route) => route.abort()); // what the head says alone
  await page.goto(app.url);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(complaints).toEqual([]);
  await page.close();
});
