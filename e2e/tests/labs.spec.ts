import type { Locator, Page } from '@playwright/test';
import axe from 'axe-core';
import { saved } from '../support/downloads.ts';
import { expect, sharing, test } from '../support/whorl.ts';

const labOf = (page: Page, id: string): Locator => page.locator(`[data-lab="${id}"]`);
const stepOf = (lab: Locator): Locator => lab.getByTestId('lab-step');

/** Scrolls to a lab, which then gets ready. */
async function ready(page: Page, id = 'spiral'): Promise<Locator> {
  const lab = labOf(page, id);
  await lab.scrollIntoViewIfNeeded();
  await expect(lab).toHaveAttribute('data-phase', 'ready');
  return lab;
}

/** Every WebAssembly module begins so, as base64: the engine stands in its script. */
const ENGINE = 'AGFzbQEAAAA';

sharing('every concept page is light, and has neither the engine nor TF.js in it', async ({ app, request }) => {
  const bytesOf = new Map<string, number>();
  const weigh = async (path: string): Promise<number> => {
    const response = await request.get(app.url + path, { headers: { 'Accept-Encoding': 'br' } });
    const text = await response.text();
    expect(text.includes(ENGINE) || /tfjs|tensorflow/i.test(text), path).toBe(false);
    return Number(response.headers()['content-length']);
  };
  const list = await (await request.get(`${app.url}/concepts`)).text();
  const pages = [...new Set([...list.matchAll(/href="(\/concepts\/[\w-]+)"/g)].map(([, path]) => path as string))];
  expect(pages.length).toBe(11);
  for (const page of pages) {
    const html = await (await request.get(app.url + page)).text();
    // Browsers that know modules leave out the polyfills.
    const tags = [...html.matchAll(/<script[^>]+>/g)].map(([tag]) => tag).filter((tag) => !/nomodule/i.test(tag));
    const scripts = [...new Set(tags.flatMap((tag) => /\/_next\/static\/chunks\/[\w.-]+\.js/.exec(tag)?.[0] ?? []))];
    expect(scripts.length).toBeGreaterThan(4);
    let bytes = 0;
    for (const path of scripts) {
      if (!bytesOf.has(path)) bytesOf.set(path, await weigh(path));
      bytes += bytesOf.get(path) ?? 0;
    }
    expect(bytes, page).toBeGreaterThan(50_000);
    expect(bytes, page).toBeLessThan(250_000);
  }
});

sharing(
  'text and formulas of a page have characters of their own, and a rare one brings the whole font',
  async ({ app, page }) => {
    const fonts = new Set<string>();
    page.on('response', (response) => response.url().endsWith('.woff2') && fonts.add(response.url()));
    const named = (name: RegExp) => [...fonts].filter((url) => name.test(url)).length;
    for (const concept of ['learning-rate', 'repeatability']) {
      await page.goto(`${app.url}/concepts/${concept}`);
      await page.evaluate(() => document.fonts.ready);
    }
    expect([named(/inter-basic/), named(/KaTeX_Main-Regular-basic/), named(/KaTeX_Math-Italic-basic/)]).toEqual([
      1, 1, 1,
    ]);
    expect(named(/inter-latin|KaTeX_M\w+-\w+\./)).toBe(0);
    await page.locator('h1').evaluate((heading) => {
      heading.textContent = 'Élan';
    });
    await expect.poll(() => named(/inter-latin/)).toBe(1);
  },
);

sharing('the spiral lab trains past 0.93 within 1000 epochs, in a worker of our own', async ({ app, page }) => {
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  await page.goto(`${app.url}/concepts/spiral`);
  const lab = await ready(page);
  expect(page.workers().map((worker) => new URL(worker.url()).origin)).toEqual([app.url]);
  const right = lab.locator('[data-training="ReLU · Adam"] [data-train]');
  // How long it takes is measured by bench -- labs: here, much else goes on.
  await lab.getByRole('button', { name: 'Play' }).click();
  await expect(lab).toHaveAttribute('data-done', '1000', { timeout: 60_000 });
  expect(Number(await right.getAttribute('data-train'))).toBeGreaterThan(0.93);
  await expect(stepOf(lab)).toHaveText('step 1000 of 1000');
  expect(faults).toEqual([]);
});

sharing('every loss of the lab is the one that a run of the command line records', async ({ app, whorl, page }) => {
  await page.goto(`${app.url}/concepts/spiral?seed=4&lr=0.01&step=60`);
  const lab = await ready(page);
  await expect(stepOf(lab)).toHaveText('step 60 of 1000');
  const csv = (await saved(page, lab.getByRole('button', { name: 'Save the losses' }))).toString('utf8').slice(1);
  const [head = '', ...rows] = csv.trim().split('\r\n');
  const columns = head.split(',');
  expect(rows).toHaveLength(60);
  const { runs } = await whorl.fresh(
    'spiral',
    ...['model.activation=linear,relu', 'optimizer.name=sgd,adam', 'optimizer.lr=0.01', 'epochs=60'],
    ...['--seeds', '4', '--engine', 'portable', '--jobs', '1'],
  );
  expect(runs).toHaveLength(4);
  const labels: Readonly<Record<string, string>> = { linear: 'linear', relu: 'ReLU', sgd: 'SGD', adam: 'Adam' };
  for (const { config, summary } of runs) {
    const { model, optimizer } = config;
    for (const metric of ['loss', 'accuracy'] as const) {
      const at = columns.indexOf(`${labels[model.activation]} · ${labels[optimizer.name]} ${metric}`);
      const values = rows.map((row) => Number(row.split(',')[at]));
      expect(summary[metric]).toMatchObject({
        last: values.at(-1),
        min: Math.min(...values),
        max: Math.max(...values),
      });
    }
  }
});

sharing('the address has all that is set, and says what it cannot read', async ({ app, page }) => {
  await page.goto(`${app.url}/concepts/spiral?seed=2&lr=0.02&step=30&speed=5&units=1&lr=7`);
  let lab = await ready(page);
  await expect(stepOf(lab)).toHaveText('step 30 of 1000');
  await expect(lab.getByLabel('Seed')).toHaveValue('2');
  await expect(lab.getByRole('slider', { name: /Learning rate/ })).toHaveAttribute('aria-valuetext', '0.02');
  await expect(lab.getByLabel('Lines of the hidden units')).toBeChecked();
  await lab.getByRole('button', { name: 'One step' }).click();
  await expect(page).toHaveURL(/step=31/);
  await lab.getByLabel('Seed').fill('3');
  await expect(page).toHaveURL(/seed=3/);
  await expect(stepOf(lab)).toHaveText('step 0 of 1000');
  await page.goto(`${app.url}/concepts/spiral?seed=1.5&lr=0&step=9999`);
  lab = labOf(page, 'spiral');
  const notes = lab.getByRole('note');
  for (const name of ['seed', 'lr', 'step']) await expect(notes).toContainText(name);
});

sharing('a lab answers to keys alone', async ({ app, page }) => {
  await page.goto(`${app.url}/concepts/spiral`);
  const lab = await ready(page);
  await lab.getByRole('button', { name: 'Play' }).focus();
  await page.keyboard.press('Enter');
  await expect(lab.getByRole('button', { name: 'Pause' })).toBeFocused();
  await expect.poll(async () => Number(await lab.getAttribute('data-done'))).toBeGreaterThan(20);
  await page.keyboard.press('Enter');
  await expect(lab.getByRole('button', { name: 'Play' })).toBeFocused();
  const done = Number(await lab.getAttribute('data-done'));
  const time = lab.getByRole('slider', { name: 'Step' });
  await time.focus();
  await page.keyboard.press('Home');
  await expect(stepOf(lab)).toHaveText('step 0 of 1000');
  expect(Number(await lab.getAttribute('data-done'))).toBeGreaterThanOrEqual(done);
  await lab.getByRole('slider', { name: /Learning rate/ }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/lr=0.003/);
  await expect(lab).toHaveAttribute('data-done', '0');
});

const LABS = {
  spiral: '/concepts/spiral',
  'learning-rate': '/concepts/learning-rate',
  activations: '/concepts/activations',
  'vanishing-gradients': '/concepts/vanishing-gradients',
  'width-vs-depth': '/concepts/width-vs-depth',
  optimizers: '/concepts/optimizers',
  repeatability: '/concepts/repeatability',
  playground: '/playground',
};

for (const [id, path] of Object.entries(LABS)) {
  sharing(`the lab ${id} trains, shows every network, and answers when it is set`, async ({ app, page }) => {
    const faults: string[] = [];
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.goto(`${app.url}${path}?step=3`);
    const lab = await ready(page, id);
    await expect(stepOf(lab)).toContainText('step 3 of');
    for (const picture of await lab.locator('[data-training]').all()) {
      await expect(picture.locator('[data-ready="true"]')).toBeVisible();
      await expect(picture.locator('[data-train]')).toHaveAttribute('data-train', /^[01]/);
    }
    const sliders = lab.locator('input[type="range"]:not([aria-label])');
    if ((await sliders.count()) > 0) await sliders.first().press('ArrowRight');
    else await lab.getByLabel('Seed').fill('5');
    await expect(stepOf(lab)).toContainText(id === 'vanishing-gradients' ? 'step 1 of' : 'step 0 of');
    await lab.getByRole('button', { name: 'Play' }).click();
    await expect.poll(async () => Number(await lab.getAttribute('data-done'))).toBeGreaterThan(5);
    await lab.getByRole('button', { name: 'Pause' }).click();
    await expect(page).toHaveURL(/step=\d+/);
    await expect(lab.getByRole('button', { name: 'Play' })).toBeVisible();
    expect(faults).toEqual([]);
  });
}

sharing('a position of the line from wide to deep keeps its accuracies once it has trained', async ({ app, page }) => {
  await page.goto(`${app.url}/concepts/width-vs-depth?shape=8+%C3%97+24&step=1000`);
  const lab = await ready(page, 'width-vs-depth');
  const row = lab.getByTestId('walk').getByRole('row', { name: '8 × 24' });
  await expect(row.getByRole('cell').nth(1)).toHaveText('4,128');
  await expect(row.getByRole('cell').nth(2)).toHaveText(/^[01]\.\d{3} \/ [01]\.\d{3}$/, { timeout: 60_000 });
  const shown = await row.textContent();
  for (const [i, training] of (await lab.locator('[data-train]').all()).entries()) {
    const train = (await training.getAttribute('data-train')) ?? '';
    await expect(row.getByRole('cell').nth(2 + i)).toContainText(Number(train).toFixed(3));
  }
  await lab.locator('input[type="range"]:not([aria-label])').press('ArrowLeft');
  await expect(lab.locator('[aria-current] th')).toHaveText('7 × 26');
  await expect(row).toHaveText(shown ?? '');
  // Bug: what was on the page when the slider moved was noted as the new position's.
  await expect(stepOf(lab)).toContainText('step 0 of');
  await expect(lab.locator('[aria-current] td').nth(2)).toHaveText('–');
});

for (const [prefix, colorScheme] of [
  ['', 'dark'],
  ['/zh', 'light'],
] as const) {
  test(`a lab at 390 px, by touch, ${colorScheme}, ${prefix || 'English'}: nothing juts out, axe finds nothing`, async ({
    app,
    browser,
  }) => {
    const context = await browser.newContext({
      ...{ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme },
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await page.goto(`${app.url}${prefix}/concepts/spiral?units=1`);
    const lab = await ready(page);
    await lab.getByRole('button').first().tap();
    await expect.poll(async () => Number(await lab.getAttribute('data-done')), { timeout: 60_000 }).toBe(1000);
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

test('without JavaScript the page says what is missing', async ({ app, browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${app.url}/concepts/spiral`);
  const said = labOf(page, 'spiral').locator('noscript p');
  await expect(said).toBeVisible();
  expect(await said.evaluate((element) => element.textContent)).toContain('needs JavaScript and WebAssembly');
  await context.close();
});

test('a browser without WebAssembly is told so where the lab stands, and the page reads on', async ({ app, page }) => {
  // Workers have their scripts from here too.
  await page.route('**/_next/static/**/*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `delete globalThis.WebAssembly;${await response.text()}` });
  });
  await page.goto(`${app.url}/concepts/spiral`);
  const lab = labOf(page, 'spiral');
  await lab.scrollIntoViewIfNeeded();
  await expect(lab).toHaveAttribute('data-phase', 'failed');
  await expect(lab.getByRole('alert')).toContainText('WebAssembly');
});

sharing('the playground trains what its address says, and its command does the same', async ({ app, whorl, page }) => {
  const search = 'data=moons&noise=0.2&n=40&hidden=6,4&activation=tanh&batch=16&dropout=0.1&epochs=5&seed=8&step=25';
  await page.goto(`${app.url}/playground?${search}`);
  const lab = await ready(page, 'playground');
  await expect(stepOf(lab)).toHaveText('step 25 of 25');
  const csv = (await saved(page, lab.getByRole('button', { name: 'Save the losses' }))).toString('utf8').slice(1);
  const losses = csv
    .trim()
    .split('\r\n')
    .slice(1)
    .map((row) => Number(row.split(',')[1]));
  expect(losses).toHaveLength(25);
  const command = await lab.locator('code').innerText();
  const words = command.replaceAll("'", '').split(' ');
  expect(words.slice(0, 4)).toEqual(['npx', 'whorl', 'run', 'spiral']);
  const { runs } = await whorl.fresh('spiral', ...words.slice(4));
  expect(runs[0]?.summary.loss).toMatchObject({
    last: losses.at(-1),
    min: Math.min(...losses),
    max: Math.max(...losses),
  });

  await lab.getByLabel('Units of each layer').fill('6, 0');
  await expect(lab.getByLabel('Units of each layer')).toHaveAttribute('aria-invalid', 'true');
  await expect(page).toHaveURL(/hidden=6(,|%2C)4/);
  await lab.getByLabel('Units of each layer').fill('3');
  await expect(page).toHaveURL(/hidden=3/);
  await expect(stepOf(lab)).toHaveText('step 0 of 25');
  await expect(lab.locator('code')).toContainText('model.hidden=[3]');
});
