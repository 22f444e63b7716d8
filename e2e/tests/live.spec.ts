import { expect, type RunsDocument, test } from '../support/whorl.ts';

test('the curve of a run that a child process trains grows in the page without a reload', async ({
  app,
  whorl,
  page,
}) => {
  await whorl.run('run', 'spiral', 'epochs=5', 'data.n=50', '--engine', 'wasm');
  const { experiments } = await whorl.json<{ experiments: { id: string }[] }>('ls');
  await page.goto(`${app.url}/experiments/${experiments[0]?.id}`);
  let loads = 0;
  page.on('load', () => {
    loads += 1;
  });

  // The runner is another process; the open page of the experiment hears of its run.
  const running = whorl.start('run', 'spiral', 'epochs=100000', 'data.n=100', '--engine', 'wasm', '--seeds', '2');
  await expect(page.getByText('running', { exact: true }).first()).toBeVisible();
  const { runs } = await whorl.json<RunsDocument>('ls', 'spiral');
  const id = runs.find(({ status }) => status === 'running')?.id;

  await page.goto(`${app.url}/runs/${id}`);
  loads = 0;
  // The chart's numbers for who does not see it: name, points, first, last, lowest, highest.
  const row = page.getByRole('figure', { name: 'Loss' }).getByRole('row').nth(1);
  const points = async () => Number(await row.getByRole('cell').nth(1).textContent());
  await expect.poll(points).toBeGreaterThan(5);
  const early = await points();
  await expect.poll(points).toBeGreaterThan(early + 50);

  running.child.kill('SIGINT');
  const { code } = await running.ended;
  expect(code).toBe(130);
  await expect(page.getByText('interrupted', { exact: true }).first()).toBeVisible();
  const { runs: ended } = await whorl.json<RunsDocument>('ls', 'spiral');
  expect(ended.find((run) => run.id === id)?.status).toBe('interrupted');
  expect(loads).toBe(0);
});
