import { ENDLESS, expect, QUICK, type RunsDocument, sharing } from '../support/whorl.ts';

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
