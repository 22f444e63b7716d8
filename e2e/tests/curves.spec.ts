import type { Page } from '@playwright/test';
import { savedChart } from '../support/downloads.ts';
import { expect, QUICK, sharing } from '../support/whorl.ts';

const sweep = ['model.activation=relu,linear', '--seeds', '1..2', ...QUICK] as const;

const curves = (page: Page) => page.getByRole('region', { name: 'Curves' });
const plot = (page: Page, title: string) => curves(page).getByRole('group', { name: new RegExp(`^${title}:`) });
const numbers = (page: Page, title: string) =>
  page
    .getByRole('figure', { name: title })
    .getByRole('row')
    .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')));

/** Waits until the chart has lines, and gives its numbers without the head. */
async function drawn(page: Page, title: string): Promise<string[][]> {
  await plot(page, title).scrollIntoViewIfNeeded();
  await expect.poll(async () => (await numbers(page, title)).length).toBeGreaterThan(1);
  return (await numbers(page, title)).slice(1);
}

/** The steps of the points in the chart's CSV. */
async function savedSteps(page: Page, title: string): Promise<number[]> {
  const csv = (await savedChart(page, `More for ${title}`, 'CSV')).toString('utf8');
  const [head, ...lines] = csv.replace('\uFEFF', '').trim().split('\r\n');
  expect(head).toBe('line,name,step,value,smoothed,low,high,n,seeds,not_finite,of_runs');
  return lines.map((line) => Number(line.split(',')[2]));
}

sharing(
  'curves of groups: what is hidden, zoomed and smoothed is in the address, and opens again in another browser',
  async ({ app, whorl, page, browser }) => {
    const { experiment } = await whorl.recorded('spiral', ...sweep);
    await page.goto(`${app.url}/experiments/${experiment.id}`);
    const whole = await drawn(page, 'Batch loss');
    // Two groups with their means, and four runs.
    expect(whole.map(([name]) => name)).toEqual(expect.arrayContaining(['Mean of relu', 'Mean of linear']));
    expect(whole).toHaveLength(6);

    const relu = curves(page).getByRole('button', { name: 'relu, 2 runs' });
    const linear = curves(page).getByRole('button', { name: 'linear, 2 runs' });
    await relu.click();
    await expect(relu).toHaveAttribute('aria-pressed', 'false');
    await expect.poll(() => numbers(page, 'Batch loss').then((rows) => rows.length - 1)).toBe(3);
    // To hide a group moves no other's line: its numbers are what they were, to the digits that the column has now.
    const [name, ...left] = (await drawn(page, 'Batch loss'))[0] ?? [];
    expect(name).toBe('Mean of linear');
    const before = whole.find((row) => row[0] === name)?.slice(1) ?? [];
    expect(left.map(Number)).toEqual(before.map((value) => expect.closeTo(Number(value), 2)));
    await relu.press('Alt+Enter');
    await expect(relu).toHaveAttribute('aria-pressed', 'true');
    await expect(linear).toHaveAttribute('aria-pressed', 'false');

    await plot(page, 'Batch loss').focus();
    for (const key of ['Home', 'ArrowRight', '+']) await page.keyboard.press(key);
    await expect(page).toHaveURL(/range=/);
    await page.getByRole('slider', { name: 'Smoothing' }).focus();
    await page.keyboard.press('End');
    await expect(page).toHaveURL(/smooth=0\.99/);
    const shown = await drawn(page, 'Batch loss');
    expect(shown.length).toBeLessThan(whole.length);

    const second = await (await browser.newContext({ locale: 'en-GB' })).newPage();
    await second.goto(page.url());
    expect(await drawn(second, 'Batch loss')).toEqual(shown);
    await expect(second.getByRole('slider', { name: 'Smoothing' })).toHaveValue('0.99');
    await expect(curves(second).getByRole('button', { name: 'linear, 2 runs' })).toHaveAttribute(
      'aria-pressed',
      'false',
    );
    await second.context().close();

    await curves(page).getByRole('button', { name: 'Reset zoom' }).click();
    await expect(page).not.toHaveURL(/range=/);
  },
);

sharing("an experiment's curves are of the runs that its table shows", async ({ app, whorl, page }) => {
  const { experiment } = await whorl.recorded('spiral', ...sweep);
  await page.goto(`${app.url}/experiments/${experiment.id}`);
  expect(await drawn(page, 'Batch loss')).toHaveLength(6);
  const query = page.getByRole('combobox', { name: 'Query' });
  await query.fill('model.activation = "relu"');
  await query.press('Enter');
  await expect(curves(page).getByText('Of the runs that the query finds.')).toBeVisible();
  await expect
    .poll(async () => (await drawn(page, 'Batch loss')).map(([name]) => name?.replace(/.*(relu|linear).*/, '$1')))
    .toEqual(['Mean of all runs', 'relu', 'relu']);
  await query.fill('seed = 99');
  await query.press('Enter');
  await expect(curves(page).getByText('No runs, no curves.')).toBeVisible();
  // A query that cannot be read is no query, for the table and for the curves.
  await page.goto(`${app.url}/experiments/${experiment.id}?q=seed+%3D`);
  expect(await drawn(page, 'Batch loss')).toHaveLength(6);
});

sharing(
  'a drag zooms to every recorded point, a double click shows everything, and the CSV has what is in view',
  async ({ app, whorl, page }) => {
    const { runs } = await whorl.recorded('spiral', 'epochs=400', 'data.n=50', '--engine', 'wasm');
    await page.goto(`${app.url}/runs/${runs[0]?.id}`);
    await drawn(page, 'Batch loss');
    await plot(page, 'Batch loss').hover({ position: { x: 150, y: 120 } });
    await page.mouse.down();
    await plot(page, 'Batch loss').hover({ position: { x: 250, y: 130 } });
    await page.mouse.up();
    await expect(page).toHaveURL(/range=/);
    const [from, to] = (new URL(page.url()).searchParams.get('range') ?? '').split('~').map(Number) as [number, number];
    const first = Math.ceil(from);
    const every = Array.from({ length: Math.floor(to) - first + 1 }, (_, i) => first + i);
    await expect.poll(() => savedSteps(page, 'Batch loss')).toEqual(every);
    // The other chart zooms with it.
    await expect.poll(() => savedSteps(page, 'Batch accuracy')).toEqual(every);

    await plot(page, 'Batch loss').dblclick();
    await expect(page).not.toHaveURL(/range=/);
  },
);

sharing('settings that cannot be are named, and the page shows its own', async ({ app, whorl, page }) => {
  const { runs } = await whorl.recorded('spiral', 'epochs=5', 'data.n=50', '--engine', 'wasm');
  await page.goto(`${app.url}/runs/${runs[0]?.id}?x=parsecs&smooth=7&range=9~1`);
  await drawn(page, 'Batch loss');
  for (const name of ['x=parsecs', 'smooth=7', 'range=9~1']) await expect(page.getByText(name)).toBeVisible();
});

sharing('bug: a mean says where runs end, on the page, in its numbers and in the CSV', async ({ app, whorl, page }) => {
  const { experiment } = await whorl.recorded('spiral', ...QUICK.slice(1), 'epochs=20,40', '--seeds', '1..2');
  await page.goto(`${app.url}/experiments/${experiment.id}?groups=none`);
  const rows = await drawn(page, 'Batch loss');
  expect(rows.slice(0, 2).map(([name, points]) => [name, points])).toEqual([
    ['Mean of all runs', '20'],
    ['Mean of all runs from step 20: 2 of 4 runs', '20'],
  ]);
  await expect(curves(page).getByText('all runs from step 20: 2 of 4 runs.').first()).toBeVisible();
  const csv = (await savedChart(page, 'More for Batch loss', 'CSV')).toString('utf8');
  const means = csv
    .split('\r\n')
    .filter((line) => line.startsWith('mean,'))
    .map((line) => line.split(','));
  expect(means.map((row) => Number(row[7]))).toEqual([...new Array(20).fill(4), ...new Array(20).fill(2)]);
  expect(new Set(means.map((row) => row[10]))).toEqual(new Set(['4']));
});

sharing('bug: what the pointer reads is beside the picture and covers no curve', async ({ app, whorl, page }) => {
  const { experiment } = await whorl.recorded('spiral', ...sweep);
  await page.goto(`${app.url}/experiments/${experiment.id}`);
  await drawn(page, 'Batch loss');
  const chart = plot(page, 'Batch loss');
  for (const block of ['start', 'end'] as const) {
    await chart.evaluate((element, at) => element.scrollIntoView({ block: at }), block);
    await chart.hover({ position: { x: 200, y: 120 } });
    const tip = await chart.locator('[data-tip] > div').last().boundingBox();
    const box = await chart.boundingBox();
    if (!tip || !box) throw new Error('no tip');
    const [top, bottom] = [box.y + 32, box.y + box.height - 48];
    expect(tip.y >= bottom || tip.y + tip.height <= top, `${block}: ${tip.y} ${top} ${bottom}`).toBe(true);
  }
});
