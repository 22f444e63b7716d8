import type { Page } from '@playwright/test';
import { ENDLESS, expect, QUICK, type RunsDocument, sharing, test } from '../support/whorl.ts';

sharing(
  'the curve of a run that a child process trains grows in the page without a reload',
  async ({ app, whorl, page }) => {
    const { experiment } = await whorl.fresh('spiral', ...QUICK);
    await page.goto(`${app.url}/experiments/${experiment.id}`);
    let loads = 0;
    page.on('load', () => {
      loads += 1;
    });

    // The runner is another process; the open page of the experiment hears of its run.
    const running = whorl.start('run', 'spiral', ...ENDLESS, '--seeds', '2', '--name', experiment.name);
    const { id } = await whorl.training(experiment.name);
    await expect(page.getByText('running', { exact: true }).first()).toBeVisible();

    await page.goto(`${app.url}/runs/${id}`);
    loads = 0;
    // The chart's numbers for who does not see it: name, points, first, last, lowest, highest.
    const loss = page.getByRole('figure', { name: 'Batch loss' });
    await loss.scrollIntoViewIfNeeded(); // a chart reads its points when it comes near to being seen
    const row = loss.getByRole('row').nth(1);
    const points = async () => Number(await row.getByRole('cell').nth(1).textContent());
    await expect.poll(points).toBeGreaterThan(5);
    const early = await points();
    await expect.poll(points).toBeGreaterThan(early + 50);

    running.child.kill('SIGINT');
    const { code } = await running.ended;
    expect(code).toBe(130);
    await expect(page.getByText('interrupted', { exact: true }).first()).toBeVisible();
    const { runs: ended } = await whorl.json<RunsDocument>('ls', experiment.name);
    expect(ended.find((run) => run.id === id)?.status).toBe('interrupted');
    expect(loads).toBe(0);
  },
);

/** How many points the chart of the batches' loss has, for who does not see it. */
async function pointsOf(page: Page): Promise<() => Promise<number>> {
  const loss = page.getByRole('figure', { name: 'Batch loss' });
  await loss.scrollIntoViewIfNeeded(); // a chart reads its points when it comes near to being seen
  return async () => Number(await loss.getByRole('row').nth(1).getByRole('cell').nth(1).textContent());
}

test('an open page goes on, without a reload, when its server is started again', async ({ whorl, page }) => {
  test.slow();
  const first = await whorl.serve();
  const { experiment } = await whorl.fresh('spiral', ...QUICK);
  const training = whorl.start('run', 'spiral', ...ENDLESS, '--seeds', '2', '--name', experiment.name);
  const { id } = await whorl.training(experiment.name);
  await page.goto(`${first.url}/runs/${id}`);
  let loads = 0;
  page.on('load', () => {
    loads += 1;
  });
  const points = await pointsOf(page);
  await expect.poll(points).toBeGreaterThan(5);
  first.running.child.kill('SIGTERM');
  await first.running.ended;
  await expect(page.locator('[data-connection="broken"]')).toBeVisible();
  const early = await points();
  await whorl.serve(new URL(first.url).port);
  await expect(page.locator('[data-connection="live"]')).toBeVisible({ timeout: 40_000 });
  await expect.poll(points).toBeGreaterThan(early + 50);
  training.child.kill('SIGINT');
  await training.ended;
  await expect(page.getByText('interrupted', { exact: true }).first()).toBeVisible();
  expect(loads).toBe(0);
});

sharing('an open page has one stream, and asks for nothing while nothing happens', async ({ app, whorl, page }) => {
  const { experiment, runs } = await whorl.fresh('spiral', ...QUICK, '--seeds', '1..2');
  let streams = 0;
  let asked: string[] = [];
  const isStream = (url: string) => url.includes('live.watch');
  page.on('request', (request) => {
    if (isStream(request.url())) streams += 1;
    else asked.push(request.url());
  });
  const gone = (url: string) => {
    if (isStream(url)) streams -= 1;
  };
  page.on('requestfinished', (request) => gone(request.url()));
  page.on('requestfailed', (request) => gone(request.url()));
  const pages = [
    ['/', 1],
    [`/experiments/${experiment.id}`, 1],
    [`/compare?experiment=${experiment.id}`, 1],
    [`/runs/${runs[0]?.id}`, 1], // it has ended: that it is deleted is all that may come
  ] as const;
  for (const [path, expected] of pages) {
    await page.goto('about:blank');
    await page.goto(app.url + path);
    await page.waitForTimeout(4_000);
    asked = [];
    await page.waitForTimeout(3_000);
    // What other tests of this record do reaches the list of experiments.
    expect(
      asked.filter((url) => path !== '/' || !url.includes('experiments.list')),
      path,
    ).toEqual([]);
    expect(streams, path).toBe(expected);
  }
});
