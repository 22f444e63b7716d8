import { networkInterfaces } from 'node:os';
import type { Page } from '@playwright/test';
import { ENDLESS, expect, QUICK, type RunsDocument, sharing, test } from '../support/whorl.ts';

sharing(
  'a run is stopped from its page: it says so, keeps its points, and the rest goes on',
  async ({ app, whorl, page }) => {
    test.slow();
    const name = whorl.newName('spiral');
    const running = whorl.start('run', 'spiral', ...ENDLESS, '--seeds', '1..2', '--jobs', '1', '--name', name);
    const { id } = await whorl.training(name);
    await page.goto(`${app.url}/runs/${id}`);
    await expect(page.locator('dd [data-status="running"]')).toBeVisible();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    const dialog = page.locator('[role="dialog"]:not([data-type])'); // toasts have the role, too
    await expect(dialog).toContainText('ends within about a second as interrupted');
    await dialog.getByRole('button', { name: 'Keep training' }).click();
    await expect(dialog).toHaveCount(0);
    await expect(page.locator('dd [data-status="running"]')).toBeVisible();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await dialog.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(page.getByText('The run is stopping.')).toBeVisible();
    await expect(page.locator('dd [data-status="interrupted"]')).toBeVisible();
    await expect(page.getByText('Why it ended: stopped from the page')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Stop', exact: true })).toHaveCount(0);
    await expect(page.locator('[data-connection]')).toHaveCount(0);

    // The other seed begins; both are selected in the table, where one still trains.
    const other = await whorl.training(name);
    expect(other.id).not.toBe(id);
    await page.getByRole('link', { name, exact: true }).click();
    await expect(page.locator('[data-connection="live"]')).toBeVisible();
    await page.getByRole('checkbox', { name: 'Select all that match' }).check();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(dialog).toContainText('1 of 2 selected runs still trains');
    await dialog.getByRole('button', { name: 'Stop', exact: true }).click();
    const { code, stderr } = await running.ended;
    expect(code).toBe(130);
    expect(stderr).toContain('! 2 runs were stopped');
    await expect(page.getByRole('button', { name: 'Stop', exact: true })).toHaveCount(0);
    // Nothing trains any more, and nothing says that it does.
    await expect(page.locator('[data-connection]')).toHaveCount(0);
    const { runs } = await whorl.json<RunsDocument>('ls', name);
    expect(runs.map(({ status }) => status)).toEqual(['interrupted', 'interrupted']);
  },
);

sharing('an experiment is stopped from its menu, with what has not begun', async ({ app, whorl, page }) => {
  test.slow();
  const name = whorl.newName('spiral');
  const running = whorl.start('run', 'spiral', ...ENDLESS, '--seeds', '1..4', '--jobs', '1', '--name', name);
  const { id } = await whorl.training(name);
  await page.goto(`${app.url}/runs/${id}`);
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Stop training' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stop', exact: true }).click();
  const { code, stderr } = await running.ended;
  expect(code).toBe(130);
  expect(stderr).toContain('! 1 run was stopped, 3 were not begun');
});

sharing('a guest sees that a run trains, and cannot stop it', async ({ whorl, page }) => {
  test.slow();
  const name = whorl.newName('spiral');
  const { child, ended } = whorl.start('run', 'spiral', ...ENDLESS, '--name', name);
  const { id } = await whorl.training(name);
  const { share } = await whorl.json<{ share: { url: string } }>('share', id);
  await page.goto(share.url);
  await expect(page.locator('dd [data-status="running"]')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toHaveCount(0);
  child.kill('SIGINT');
  await ended;
});

sharing(
  'a live run says at which step of how many it is, and how long it still takes',
  async ({ app, whorl, page }) => {
    test.slow();
    const name = whorl.newName('spiral');
    const { child, ended } = whorl.start('run', 'spiral', ...ENDLESS, '--name', name);
    const { id } = await whorl.training(name);
    await page.goto(`${app.url}/runs/${id}`);
    const facts = page.locator('dl[data-total="1000000"]');
    const steps = async () => Number(await facts.getAttribute('data-steps'));
    await expect.poll(steps).toBeGreaterThan(5);
    const early = await steps();
    await expect.poll(steps).toBeGreaterThan(early);
    await expect(facts).toContainText(/\d+ of 1000000/);
    await expect(facts.locator('div', { hasText: 'Time left, about' })).toContainText(/\d+(\.\d)? (sec|min)/);
    child.kill('SIGINT');
    await ended;
    await expect(facts).toContainText('Training time');
  },
);

sharing(
  'curves stand beside the decision boundary, which has axes and a legend, and nothing jumps',
  async ({ app, whorl, page }) => {
    const { runs } = await whorl.recorded('spiral', ...QUICK);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`${app.url}/runs/${runs[0]?.id}`);
    const boundary = page.getByRole('region', { name: 'Decision boundary' });
    const loss = page.getByRole('figure', { name: 'Batch loss' });
    const before = await page.getByRole('region', { name: 'Metrics' }).boundingBox();
    await expect(boundary.locator('canvas[data-ready="true"]')).toBeVisible();
    await expect(boundary.locator('[data-axes]')).toContainText(/x₂.*x₁/);
    await expect(boundary.locator('[data-axes]')).toContainText('0');
    await expect(boundary.getByRole('list', { name: 'Classes' }).getByRole('listitem')).toHaveText([
      'class 0',
      'class 1',
      'class 2',
    ]);
    const [left, right] = [await boundary.boundingBox(), await loss.boundingBox()];
    expect(right?.x).toBeGreaterThan((left?.x ?? 0) + (left?.width ?? 0));
    expect(Math.abs((right?.y ?? 0) - (left?.y ?? 1000))).toBeLessThan(40);
    expect((right?.y ?? 1000) + (right?.height ?? 1000)).toBeLessThan(900);
    expect(await page.getByRole('region', { name: 'Metrics' }).boundingBox()).toEqual(before);

    await page.setViewportSize({ width: 390, height: 844 });
    await expect
      .poll(async () => ((await loss.boundingBox())?.y ?? 0) - ((await boundary.boundingBox())?.y ?? 0))
      .toBeGreaterThan(300);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  },
);

sharing(
  'the layers of a deep network are a heat map, and their metrics are folded until they are looked for',
  async ({ app, whorl, page }) => {
    test.slow();
    const deep = ['data.n=30', 'epochs=30', `model.hidden=${JSON.stringify(Array(20).fill(8))}`, '--engine', 'wasm'];
    const { runs } = await whorl.recorded('vanishing-gradients', ...deep, '--jobs', '1');
    await page.goto(`${app.url}/runs/${runs[0]?.id}`);
    const map = page.getByTestId('gradientNorm');
    await expect(map.locator('[data-panel] image')).toHaveCount(1);
    const table = page.getByRole('region', { name: 'Metrics' });
    const folded = table.locator('[data-folded="gradientNorm"]');
    await expect(folded).toContainText('21 layers');
    await expect(table.locator('[data-metric="loss"]')).toBeVisible();
    await expect(table.locator('[data-metric="gradientNorm.2"]')).toHaveCount(0);
    await folded.getByRole('button').click();
    await expect(table.locator('[data-metric^="gradientNorm."]')).toHaveCount(21);
    await expect(table.locator('[data-metric^="gradientNorm."]').nth(1)).toHaveAttribute(
      'data-metric',
      'gradientNorm.2',
    );
    await table.getByRole('searchbox', { name: 'Find a metric' }).fill('gradient layer 12');
    await expect(table.locator('[data-metric]')).toHaveCount(1);
    await table.getByRole('searchbox', { name: 'Find a metric' }).fill('nothing like it');
    await expect(table).toContainText('No metric here has such a name.');
  },
);

/** The link that the dialog makes. */
async function madeLink(page: Page): Promise<string> {
  const dialog = page.locator('[role="dialog"]:not([data-type])'); // toasts have the role, too
  await dialog.getByRole('button', { name: 'Create link' }).click();
  return dialog.getByLabel('Copy the link now').inputValue();
}

sharing(
  'the share dialog says that only this computer opens a link, and how the network is let in',
  async ({ app, whorl, page }) => {
    const { runs } = await whorl.recorded('spiral', ...QUICK);
    await page.goto(`${app.url}/runs/${runs[0]?.id}`);
    await page.getByRole('button', { name: 'Share' }).click();
    const dialog = page.locator('[role="dialog"]:not([data-type])'); // toasts have the role, too
    await expect(dialog).toContainText('Only this computer can open it now.');
    await expect(dialog).toContainText('npx whorl serve --share-host 0.0.0.0');
    expect(await madeLink(page)).toMatch(/^http:\/\/127\.0\.0\.1:/);
  },
);

const ADDRESS = Object.values(networkInterfaces())
  .flat()
  .find((item) => item && !item.internal && item.family === 'IPv4')?.address;

test('after that command the dialog says who can open a link, and it opens at an address of the network', async ({
  whorl,
  page,
}) => {
  test.slow();
  test.skip(ADDRESS === undefined, 'this machine has no address of a network');
  const { runs } = await whorl.fresh('spiral', ...QUICK);
  const wide = whorl.start('serve', '--share-host', '0.0.0.0', '--port', '0', '--share-port', '0', '--json');
  let said = '';
  wide.child.stdout?.on('data', (text) => {
    said += text;
  });
  await expect.poll(() => said, { timeout: 60_000 }).toContain('}');
  const { url } = JSON.parse(said) as { url: string };
  await page.goto(`${url}/runs/${runs[0]?.id}`);
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByRole('dialog')).toContainText(`Everyone who can reach this computer at ${ADDRESS}:`);
  await expect(page.getByRole('dialog')).not.toContainText('Only this computer');
  const link = await madeLink(page);
  expect(new URL(link).hostname).toBe(ADDRESS);
  await page.goto(link);
  await expect(page.getByText('Shared, read-only')).toBeVisible();
  await expect(page.locator('dd [data-status="finished"]')).toBeVisible();
});

sharing(
  'bug: shared pages of what is archived, empty or confounded speak of nothing that guests lack',
  async ({ app, whorl, page }) => {
    const { experiment, runs } = await whorl.fresh('spiral', ...QUICK);
    const post = (procedure: string, json: unknown) =>
      page.request.post(`${app.url}/api/trpc/${procedure}`, { data: { json }, headers: { origin: app.url } });
    const linkTo = async (...targets: string[]) =>
      (await whorl.json<{ share: { url: string } }>('share', ...targets)).share.url;
    const [ofExperiment, ofRun] = [await linkTo(experiment.name), await linkTo(runs[0]?.id ?? '')];
    expect((await post('experiments.archive', { experimentId: experiment.id })).ok()).toBe(true);
    await page.goto(ofExperiment);
    await expect(page.getByText('Its owner has archived this experiment.')).toBeVisible();
    await expect(page.getByText('The menu brings it back')).toHaveCount(0);
    expect((await post('runs.archive', { target: { runIds: [runs[0]?.id] } })).ok()).toBe(true);
    await page.goto(ofRun);
    await expect(page.getByText('Its owner has archived this run.')).toBeVisible();

    const name = whorl.newName('spiral');
    expect((await post('experiments.create', { name, study: 'spiral' })).ok()).toBe(true);
    await page.goto(await linkTo(name));
    await expect(page.getByText('No runs yet. They appear here as soon as they start.')).toBeVisible();
    await expect(page.getByText('npx whorl run')).toHaveCount(0);
  },
);
