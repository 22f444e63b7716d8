import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import axe from 'axe-core';
import { saved } from '../support/downloads.ts';
import { type App, expect, type RunsDocument, sharing, test } from '../support/whorl.ts';

// What the playground records, beside what the command line records of the same config.

const SEARCH = 'data=moons&noise=0.2&n=40&hidden=6,4&activation=tanh&batch=16&dropout=0.1&epochs=5&seed=8';

async function ready(page: Page, url: string): Promise<Locator> {
  await page.goto(url);
  const lab = page.locator('[data-lab="playground"]');
  await expect(lab).toHaveAttribute('data-phase', 'ready');
  return lab;
}

/** Records what is set, and gives the id of the run that it leads to. */
async function recorded(lab: Locator, said: string): Promise<string> {
  await lab.getByRole('button', { name: 'Record this run' }).click();
  const status = lab.getByRole('status').filter({ hasText: said });
  await expect(status).toBeVisible({ timeout: 60_000 });
  const href = await status.getByRole('link', { name: 'the run of seed' }).getAttribute('href');
  return href?.split('/').at(-1) ?? '';
}

/** Nothing juts out of a phone's page, and axe finds nothing in the playground. */
async function expectFits(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run('[data-lab]', { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => [id, ...nodes.map(({ target }) => target.join(' '))]);
  });
  expect(found).toEqual([]);
}

interface Known {
  readonly configHash: string;
  readonly metrics: readonly { readonly key: string }[];
}
interface File {
  readonly name: string;
  readonly step: number;
  readonly sha256: string;
}

/** All of a run that is no date, no text and no name: its hash, every point, and every file but its log. */
async function everything(page: Page, { url }: App, run: string) {
  const asked = async <T>(call: string): Promise<T> => {
    const input = encodeURIComponent(JSON.stringify({ json: { runIds: [run] } }));
    const answer = await page.request.get(`${url}/api/trpc/${call}?input=${input}`);
    return ((await answer.json()) as { result: { data: { json: T } } }).result.data.json;
  };
  const detail = await asked<Known>('runs.get');
  const keys = detail.metrics.map(({ key }) => key).sort();
  const series: Record<string, readonly (readonly [step: number, value: unknown])[]> = {};
  for (const key of keys) {
    const answer = await page.request.get(
      `${url}/api/2.0/mlflow/metrics/get-history?run_id=${run}&metric_key=${encodeURIComponent(key)}`,
    );
    const { metrics } = (await answer.json()) as { metrics: readonly { step: number; value: unknown }[] };
    series[key] = metrics.map(({ step, value }) => [step, value] as const);
  }
  const files = (await asked<readonly File[]>('artifacts.list')).filter(({ name }) => name !== 'log');
  return {
    hash: detail.configHash,
    series,
    files: files.map(({ name, step, sha256 }) => [name, step, sha256].join(' ')).sort(),
  };
}

sharing(
  'a run that the playground records is that of the command line: hash, every point, every file',
  async ({ app, whorl, page }) => {
    const lab = await ready(page, `${app.url}/playground?${SEARCH}&step=3`);
    const name = whorl.newName('played');
    await lab.getByLabel('In the experiment').fill(name);
    const inBrowser = await recorded(lab, 'Recorded:');
    const words = (await lab.locator('code').innerText()).replaceAll("'", '').split(' ').slice(3);
    const { experiment, runs } = await whorl.json<RunsDocument>('run', ...words, '--name', name);
    const [ofRunner, ofBrowser] = [
      await everything(page, app, runs[0]?.id ?? ''),
      await everything(page, app, inBrowser),
    ];
    expect(ofBrowser.series.loss).toHaveLength(25);
    expect(ofBrowser.files.length).toBeGreaterThan(10);
    expect(ofBrowser).toEqual(ofRunner);

    // What is shown at the step that the reader stopped at is left as it is.
    await expect(lab.getByTestId('lab-step')).toHaveText('step 3 of 25');
    expect(await recorded(lab, 'Already recorded')).not.toBe('');
    await lab.getByRole('status').getByRole('link', { name: 'its experiment' }).click();
    await expect(page).toHaveURL(new RegExp(experiment.id));
    await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
    await page.goto(`${app.url}/runs/${inBrowser}`);
    await expect(page.getByText('The playground: trained in a browser')).toBeVisible();
    const listed = await whorl.json<RunsDocument>('ls', name);
    expect(listed.runs.map(({ id }) => id).sort()).toEqual([inBrowser, runs[0]?.id].sort());
  },
);

sharing('TF.js is loaded when something is recorded, and not before', async ({ app, page }) => {
  const scripts = new Map<string, string>();
  const reading: Promise<unknown>[] = [];
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('.js'))
      reading.push(response.text().then((text) => scripts.set(response.url(), text)));
  });
  const kernels: string[] = [];
  page.context().on('request', (request) => request.url().endsWith('.wasm') && kernels.push(request.url()));
  const lab = await ready(page, `${app.url}/playground?n=20&epochs=20&hidden=4`);
  await lab.getByRole('button', { name: 'Play' }).click();
  await expect(lab).toHaveAttribute('data-done', '20');
  await Promise.all(reading);
  expect(scripts.size).toBeGreaterThan(4);
  for (const [url, text] of scripts) expect(/tfjs|tensorflow/i.test(text), url).toBe(false);
  expect(kernels).toEqual([]);
  await lab.getByLabel('In the experiment').fill('light');
  await recorded(lab, 'recorded');
  expect(kernels.map((url) => new URL(url).origin)).toEqual([app.url]);
});

sharing('what is set anew is not what was recorded, and what takes too long is not recorded', async ({ app, page }) => {
  const lab = await ready(page, `${app.url}/playground?n=20&epochs=20&hidden=4&seed=5`);
  await lab.getByLabel('In the experiment').fill('anew');
  await recorded(lab, 'Recorded:');
  await lab.getByLabel('Seed', { exact: true }).fill('6');
  await expect(lab.getByRole('status').filter({ hasText: 'ecorded' })).toHaveCount(0);
  await lab.getByLabel('Epochs', { exact: true }).fill('200001');
  await expect(lab.getByRole('status').filter({ hasText: 'too many to be recorded' })).toBeVisible();
  await expect(lab.getByRole('button', { name: 'Record this run' })).toBeDisabled();
  await lab.getByLabel('Epochs', { exact: true }).fill('100000');
  await lab.getByRole('button', { name: 'Record this run' }).click();
  await expect(lab.getByRole('status').filter({ hasText: /Training seed \d+: step/ })).toBeVisible({ timeout: 60_000 });
  await lab.getByRole('button', { name: 'Cancel' }).click();
  await expect(lab.getByRole('button', { name: 'Record this run' })).toBeEnabled();
});

sharing('three seeds are trained, recorded and commanded at once', async ({ app, page }) => {
  const lab = await ready(page, `${app.url}/playground?n=20&epochs=20&hidden=4&seed=8`);
  await lab.getByLabel('Three seeds at once').check();
  await expect(page).toHaveURL(/seeds=1/);
  await expect(lab.locator('[data-training]')).toHaveCount(3);
  await lab.getByRole('button', { name: 'Play' }).click();
  await expect(lab).toHaveAttribute('data-done', '20');
  const trained = lab.locator('[data-set="train"] [data-measured]');
  await expect(trained).toHaveCount(6);
  const measured = await trained.evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-measured')));
  expect(new Set(measured).size).toBeGreaterThan(3);
  await expect(lab.locator('code')).toContainText('--seeds 8..10 ');
  await lab.getByLabel('In the experiment').fill('three');
  await lab.getByRole('button', { name: 'Record this run' }).click();
  for (const seed of [8, 9, 10])
    await expect(lab.getByRole('link', { name: `the run of seed ${seed}` })).toBeVisible({ timeout: 60_000 });
});

sharing(
  'the network is drawn with its units and gradients, up to a size, and a schedule has its own numbers',
  async ({ app, page }) => {
    const lab = await ready(page, `${app.url}/playground?n=20&epochs=20&hidden=6,4&step=3`);
    const drawn = lab.getByRole('img', { name: /^The network at step \d+: hidden layers of 6, 4 units, 3 classes/ });
    await expect(drawn).toBeVisible();
    const colours = () =>
      drawn.evaluate((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const data = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
        return Array.from(data).reduce((sum, value, i) => (sum * 31 + value * (i % 97)) % 1_000_003, 0);
      });
    const before = await colours();
    await expect(
      lab.getByRole('img', { name: 'Gradient norm of each layer in the last step' }).locator('circle'),
    ).toHaveCount(3);
    await lab.getByRole('button', { name: 'One step' }).click();
    await expect(lab.getByTestId('lab-step')).toHaveText('step 4 of 20');
    await expect.poll(colours).not.toBe(before);
    await lab.getByLabel('Units of each layer').fill('17');
    await expect(lab.getByText('at most 6 hidden layers with at most 16 units')).toBeVisible();
    await expect(drawn).toHaveCount(0);
    await lab.getByLabel('Schedule').selectOption('step');
    await lab.getByLabel('Epochs a step').fill('7');
    await expect(page).toHaveURL(/schedule=step/);
    await expect(lab.locator('code')).toContainText('schedule.name=step schedule.every=7');
    await lab.getByLabel('Schedule').selectOption('cosine');
    await expect(lab.getByLabel('Epochs a step')).toHaveCount(0);
    await expect(lab.locator('code')).not.toContainText('every');
  },
);

sharing(
  'points that are drawn by mouse and keyboard are trained on, and their file by the command, to the bit',
  async ({ app, whorl, page }) => {
    const lab = await ready(page, `${app.url}/playground?epochs=12&hidden=4&data=drawn`);
    await expect(lab.getByText('too few points')).toBeVisible();
    await expect(lab.getByRole('button', { name: 'Record this run' })).toHaveCount(0);
    const board = lab.getByRole('application');
    const { width = 0, height = 0 } = (await board.boundingBox()) ?? {};
    for (const place of [0.1, 0.2, 0.3, 0.4]) await board.click({ position: { x: place * width, y: 0.2 * height } });
    await lab.getByRole('radio', { name: /^B/ }).check();
    await board.focus();
    for (let i = 0; i < 4; i++) {
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
    }
    await expect(board).toHaveAccessibleName('Drawing board with 8 points');
    await lab.getByRole('button', { name: 'Take the last one back' }).click();
    await expect(board).toHaveAccessibleName('Drawing board with 7 points');
    await expect(lab.locator('[data-training] [data-train]')).toHaveAttribute('data-train', /^[01]/);
    await lab.getByRole('button', { name: 'Play' }).click();
    await expect(lab).toHaveAttribute('data-done', '12');
    const csv = (await saved(page, lab.getByRole('button', { name: 'Save the losses' }))).toString('utf8').slice(1);
    const losses = csv
      .trim()
      .split('\r\n')
      .slice(1)
      .map((row) => Number(row.split(',')[1]));
    const folder = mkdtempSync(path.join(tmpdir(), 'whorl-drawn-'));
    const file = path.join(folder, 'points.csv');
    writeFileSync(file, await saved(page, lab.getByRole('button', { name: 'Save the points as CSV' })));
    const command = (await lab.locator('code').innerText())
      .replaceAll("'", '')
      .replace('data.path=points.csv', `data.path=${file}`);
    const { runs } = await whorl.fresh('spiral', ...command.split(' ').slice(4));
    rmSync(folder, { recursive: true });
    expect(losses).toHaveLength(12);
    expect(runs[0]?.summary.loss).toMatchObject({
      ...{ last: losses.at(-1), min: Math.min(...losses), max: Math.max(...losses) },
    });
    // They are kept in this browser.
    await page.reload();
    await expect(lab.getByRole('application')).toHaveAccessibleName('Drawing board with 7 points');
  },
);

sharing(
  "a reader's own CSV is trained on where it has a plane, and what is wrong with it is said; nothing is sent",
  async ({ app, page }) => {
    const lab = await ready(page, `${app.url}/playground?epochs=12&hidden=4`);
    await lab.getByLabel('Data').selectOption('file');
    await expect(lab.getByText('No file is chosen yet')).toBeVisible();
    const sent: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
    const give = (text: string) =>
      lab.getByLabel('CSV file').setInputFiles({ name: 'mine.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await give('a,b,c,kind\n1,2,3,x\n2,3,4,y\n3,4,5,x\n4,5,6,y\n5,6,7,x\n6,7,8,y\n');
    await expect(
      lab.getByRole('alert').filter({ hasText: 'got 3 feature columns (a, b, c), expected two' }),
    ).toBeVisible();
    await give(['a,b,kind', ...Array.from({ length: 20 }, (_, i) => `${i},${(i * 7) % 11},${i % 2}`)].join('\n'));
    await lab.getByRole('button', { name: 'Play' }).click();
    await expect(lab).toHaveAttribute('data-done', '12');
    await expect(lab.getByRole('alert')).toHaveCount(0);
    await expect(lab.locator('code')).toContainText('data.path=mine.csv');
    await lab.getByLabel('Column of the classes').fill('species');
    await expect(lab.getByRole('alert').filter({ hasText: 'species' })).toBeVisible();
    expect(sent).toEqual([]);
  },
);

for (const [prefix, colorScheme, button, said] of [
  ['', 'dark', 'Record this run', 'Recorded'],
  ['/zh', 'light', '记录此次运行', '已记录'],
] as const) {
  test(`the playground at 390 px, by touch, ${colorScheme}, ${prefix || 'English'}: nothing juts out, axe finds nothing`, async ({
    app,
    browser,
  }) => {
    const context = await browser.newContext({
      ...{ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme },
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    const lab = await ready(page, `${app.url}${prefix}/playground?n=20&epochs=20&hidden=4&step=20`);
    await lab.getByRole('button', { name: button }).tap();
    await expect(lab.getByRole('status').filter({ hasText: said })).toBeVisible({ timeout: 60_000 });
    await expectFits(page);
    await ready(page, `${app.url}${prefix}/playground?data=drawn&seeds=1&schedule=step&hidden=4`);
    await lab.getByRole('application').tap();
    await expect(lab.getByRole('radio').first()).toBeChecked();
    await expectFits(page);
    await context.close();
  });
}
