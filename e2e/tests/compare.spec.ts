import type { Page } from '@playwright/test';
import { saved, savedChart } from '../support/downloads.ts';
import { ENDLESS, expect, grid, QUICK, sharing } from '../support/whorl.ts';

interface Compared {
  readonly levels: readonly {
    level: string;
    n: number;
    runs: number;
    mean: number;
    sd: number;
    ci95: [number, number];
  }[];
  readonly pairs: readonly { a: string; b: string; nPairs: number; difference: number; pAdjusted: number }[];
}

/** Where the effect depends on another factor, the page shows what is within each of its levels. */
interface CompareDocument extends Compared {
  readonly depends?: { readonly within: readonly (Compared & { readonly name: string })[] };
}

interface PlanDocument {
  readonly sizes: readonly { difference: number; chances: readonly { chance: number; seeds: number | null }[] }[];
  readonly seeds: number;
  readonly have: number;
  readonly more: number;
  readonly runs: number;
  readonly commands: readonly string[];
}

/** Reads a chart's SVG as XML: the texts in it, and how many paths are drawn. */
async function readSvg(page: Page, chart: string | RegExp): Promise<{ texts: string[]; paths: number; fault: string }> {
  const svg = (await savedChart(page, chart, 'SVG')).toString('utf8');
  return page.evaluate((text) => {
    const read = new DOMParser().parseFromString(text, 'image/svg+xml');
    return {
      texts: [...read.querySelectorAll('text')].map(({ textContent }) => textContent ?? ''),
      paths: read.querySelectorAll('path').length,
      fault: read.querySelector('parsererror')?.textContent ?? '',
    };
  }, svg);
}

/** The cells of a CSV file whose texts have no commas. */
const cellsOf = (csv: Buffer): string[][] =>
  csv
    .toString('utf8')
    .replace('\uFEFF', '')
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));

/** Scrolls through the page, so that what is loaded only when it is near is there. */
async function readThrough(page: Page): Promise<void> {
  for (let i = 0; i < 30; i++) {
    await page.mouse.wheel(0, 600);
    await page.waitForTimeout(40);
  }
}

sharing(
  'two runs that differ in two factors are called confounded, and the combination is compared instead',
  async ({ app, whorl, page }) => {
    const { runs } = await grid(whorl);
    const ids = [
      ['linear', 'sgd'],
      ['relu', 'adam'],
    ].map(
      ([activation, optimizer]) =>
        runs.find(({ config }) => config.model.activation === activation && config.optimizer.name === optimizer)?.id,
    );
    await page.goto(`${app.url}/compare?runs=${ids.join(',')}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Comparison of 2 runs');
    const warning = page.locator('[data-confounds="1"]');
    await expect(warning).toContainText('optimizer.name');
    await expect(page.getByTestId('verdict')).toHaveAttribute('data-kind', 'confounded');
    await expect(page.getByTestId('factors').locator('tr[data-factor]')).toHaveCount(2);

    await warning.getByRole('button').click();
    await expect(page).toHaveURL(/by=model\.activation%2Coptimizer\.name/);
    await expect(page.locator('[data-confounds="0"]')).toBeVisible();
    await expect(page.getByTestId('verdict')).toHaveAttribute('data-kind', 'not-enough-runs');
    await page.goBack();
    await expect(warning).toBeVisible();
    // Bug: back before Next.js had followed to the new address left the page in the view that was gone.
    await warning.getByRole('button').evaluate((button: HTMLElement) => {
      button.click();
      history.back();
    });
    await expect(page).not.toHaveURL(/by=/);
    await expect(warning).toBeVisible();
  },
);

sharing(
  'levels, pairs, matrix and effects hold the numbers of `whorl compare`, and so do the saved files',
  async ({ app, whorl, page }) => {
    const { experiment } = await grid(whorl);
    const expected = await whorl.json<CompareDocument>('compare', experiment.id, '--by', 'activation');
    await page.goto(`${app.url}/experiments/${experiment.id}`);
    await page.getByRole('link', { name: 'Compare all' }).click();
    await expect(page.getByTestId('verdict')).toHaveAttribute('data-kind', /best|tied|depends/);
    await expect(page.locator('a[data-dot]')).toHaveCount(12);

    const menu = /^More for Test accuracy by model\.activation/;
    const csv = cellsOf(await savedChart(page, menu, 'CSV'));
    const shown = expected.depends?.within.map(({ name, ...facet }) => ({ head: [name], ...facet })) ?? [
      { head: [], ...expected },
    ];
    const drawn = shown.flatMap(({ head, levels }) =>
      levels.map(({ level, n, runs, mean, sd, ci95 }) => [...head, level, ...[n, runs, mean, sd, ...ci95].map(String)]),
    );
    expect(csv.slice(1).map((row) => row.slice(0, -1))).toEqual(drawn);
    const png = await savedChart(page, menu, 'PNG');
    expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect(png.length).toBeGreaterThan(2_000);
    const levels = await readSvg(page, menu);
    expect(levels.fault).toBe('');
    expect(levels.texts).toContain('linear');
    expect(levels.texts[0], 'bug: it had no title').toMatch(/^Test accuracy by model\.activation/);

    const pairs = cellsOf(await saved(page, page.getByRole('button', { name: 'Save as CSV: Pair by pair' })));
    const told = shown.flatMap(({ head, pairs: of }) => of.map((pair) => ({ head, pair })));
    expect(pairs).toHaveLength(1 + told.length);
    for (const [i, { head, pair }] of told.entries()) {
      const row = pairs[i + 1] ?? [];
      const { a, b, nPairs, difference, pAdjusted } = pair;
      expect(row.slice(0, head.length + 4)).toEqual([...head, a, b, String(nPairs), String(difference)]);
      expect(Number(row[head.length + 7])).toBe(pAdjusted);
    }

    await readThrough(page);
    // The quotes in a font's name once ended the attribute that it stood in.
    for (const [chart, text, paths] of [
      ['More for Batch loss', 'step (updates made)', 12],
      [/^More for Test accuracy against /, 'Test accuracy', 12],
      ['More for Parallel coordinates', 'Test accuracy', 12],
    ] as const) {
      const read = await readSvg(page, chart);
      expect(read.fault, String(chart)).toBe('');
      expect(read.texts, String(chart)).toContain(text);
      expect(read.paths, String(chart)).toBeGreaterThanOrEqual(paths);
    }
    const matrix = page.getByRole('img', { name: 'Test accuracy: model.activation × optimizer.name' });
    await expect(matrix.locator('[data-standing]')).toHaveCount(4);
    await expect(matrix.locator('[data-standing="best"]')).toHaveCount(shown.length);
    await expect(page.getByTestId('effects').locator('tbody tr')).toHaveCount(5); // two factors, both, the seeds, everything else
    const cells = cellsOf(await savedChart(page, /^More for Test accuracy: model/, 'CSV'));
    expect(cells).toHaveLength(5);
    const scatter = await savedChart(page, /^More for Test accuracy against/, 'PNG');
    expect([...scatter.subarray(1, 4)].map((code) => String.fromCharCode(code)).join('')).toBe('PNG');
  },
);

sharing(
  'how many seeds the smallest difference that matters needs, and by which command, is what `whorl plan` says',
  async ({ app, whorl, page }) => {
    const { experiment } = await grid(whorl);
    const words = ['plan', experiment.id, '--by', 'activation'];
    const { sizes } = await whorl.json<PlanDocument>(...words);
    const difference = String(sizes.at(-1)?.difference);
    const expected = await whorl.json<PlanDocument>(...words, '--difference', difference);
    expect(expected).toMatchObject({ have: 3, more: expected.seeds - 3, runs: 4 * (expected.seeds - 3) });

    await page.goto(`${app.url}/compare?experiment=${experiment.id}&by=model.activation`);
    const section = page.getByRole('region', { name: 'How many seeds?' });
    const field = section.getByLabel('smallest difference that matters');
    const plan = section.getByTestId('seed-plan');
    await expect(field).toHaveValue('');
    await expect(plan).toHaveText('');
    await field.fill('-1');
    await field.press('Enter');
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(page).not.toHaveURL(/difference=/);
    await field.fill(difference);
    await field.press('Enter');
    await expect(plan).toHaveAttribute('data-seeds', String(expected.seeds));
    await expect(plan).toContainText(`With ${expected.seeds} seeds`);
    await expect(plan).toContainText(`3 seeds are recorded: ${expected.more} more, ${expected.runs} runs.`);
    await expect(section.locator('code')).toHaveText([...expected.commands]);
    await page.reload();
    await expect(field).toHaveValue(difference);
    await expect(plan).toHaveAttribute('data-seeds', String(expected.seeds));
  },
);

sharing('a dot leads to its run, and arrows move from dot to dot', async ({ app, whorl, page }) => {
  const { experiment, runs } = await grid(whorl);
  await page.goto(`${app.url}/compare?experiment=${experiment.id}`);
  const dots = page.locator('a[data-dot]');
  await expect(dots).toHaveCount(12);
  await dots.first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  const focused = page.locator('a[data-dot]:focus');
  const id = await focused.getAttribute('data-run');
  expect(runs.map((run) => run.id)).toContain(id);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/runs/${id}$`));
});

sharing('an address pasted into another browser gives the same view', async ({ app, whorl, page, browser }) => {
  const { experiment, runs } = await grid(whorl);
  await page.goto(`${app.url}/compare?experiment=${experiment.id}`);
  await page.getByLabel('1st factor').selectOption('optimizer.name');
  await page.getByLabel('Metric', { exact: true }).selectOption('loss');
  await page.getByLabel('Which value of the metric').selectOption('min');
  await expect(page.getByText('Batch loss (lowest) by optimizer.name').first()).toBeVisible();
  await readThrough(page);
  const table = page.getByTestId('compared-runs');
  await table.getByRole('row').nth(3).getByRole('checkbox').click();
  await expect(table).toContainText('1 of 12 runs selected');
  const seen = async (from: Page) => ({
    verdict: await from.getByTestId('verdict').textContent(),
    pairs: await from.getByTestId('pairs').textContent(),
    factor: await from.getByLabel('1st factor').inputValue(),
    part: await from.getByLabel('Which value of the metric').inputValue(),
  });
  const expected = await seen(page);
  const context = await browser.newContext({ locale: 'en-GB' });
  const second = await context.newPage();
  await second.goto(page.url());
  await expect(second.getByText('Batch loss (lowest) by optimizer.name').first()).toBeVisible();
  expect(await seen(second)).toEqual(expected);
  await readThrough(second);
  await expect(second.getByTestId('compared-runs')).toContainText('1 of 12 runs selected');
  await expect(second.getByTestId('compared-runs').locator('tbody tr')).toHaveCount(1);
  await second.getByRole('button', { name: 'Clear selection' }).click();
  await expect(second.getByTestId('compared-runs').locator('tbody tr')).toHaveCount(runs.length);
  await expect(second).not.toHaveURL(/sel=/);
  await context.close();
});

sharing(
  'a rectangle over the points, or a stroke along an axis, selects runs in the table',
  async ({ app, whorl, page }) => {
    const { experiment } = await grid(whorl);
    await page.goto(`${app.url}/compare?experiment=${experiment.id}`);
    await readThrough(page);
    const rows = page.getByTestId('compared-runs').locator('tbody tr');
    await expect(rows).toHaveCount(12);
    const drag = async (chart: string, from: readonly [number, number], to: readonly [number, number]) => {
      const canvas = page.locator(`figure[data-chart^="${chart}"] canvas`);
      await canvas.scrollIntoViewIfNeeded();
      const box = await canvas.boundingBox();
      if (!box) throw new Error(`${chart}: expected a chart`);
      await page.mouse.move(box.x + box.width * from[0], box.y + box.height * from[1]);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * to[0], box.y + box.height * to[1], { steps: 8 });
      await page.mouse.up();
    };
    // The left half: all runs of the first activation.
    await drag('Test accuracy against', [0.08, 0.06], [0.5, 0.84]);
    await expect(rows).toHaveCount(6);
    await expect(rows.first()).toContainText('linear');
    await expect(page).toHaveURL(/sel=/);
    await page.getByRole('button', { name: 'Clear selection' }).click();
    await expect(rows).toHaveCount(12);
    // The lower half of the first axis.
    const parallel = page.locator('figure[data-chart="Parallel coordinates"] canvas');
    const { width = 1 } = (await parallel.boundingBox()) ?? {};
    await drag('Parallel coordinates', [56 / width, 0.6], [56 / width, 0.92]);
    await expect(rows).toHaveCount(6);
    await page.getByRole('button', { name: 'Clear selection' }).click();
    await expect(rows).toHaveCount(12);
  },
);

sharing(
  'boundaries hold the other factor and the seed in each row, or show every seed, and move together by keyboard',
  async ({ app, whorl, page }) => {
    const { experiment } = await grid(whorl);
    await page.goto(`${app.url}/compare?experiment=${experiment.id}`);
    await readThrough(page);
    const steps = page.getByTestId('boundary-step');
    await expect(steps).toHaveCount(4);
    // Bug: a picture of an Adam run stood beside one of an SGD run.
    await expect(page.getByTestId('boundary-row')).toHaveText(['adam · seed 1', 'sgd · seed 1']);
    await expect(page.locator('figcaption').filter({ hasText: 'seed 1' })).toHaveText([
      'linear · adam · seed 1',
      'relu · adam · seed 1',
      'linear · sgd · seed 1',
      'relu · sgd · seed 1',
    ]);
    const slider = page.getByRole('slider', { name: 'Step' });
    await slider.focus();
    await page.keyboard.press('Home');
    await expect(slider).toHaveAttribute('aria-valuetext', 'step 0');
    for (const step of await steps.all()) await expect(step).toHaveText('step 0');
    await page.keyboard.press('ArrowRight');
    for (const step of await steps.all()) await expect(step).toHaveText('step 1');

    // The pictures as files: what is seen, and every cell of it.
    const [header = [], ...cells] = cellsOf(await savedChart(page, 'More for Predicted class', 'CSV'));
    expect(header).toEqual(['run', 'step', 'x', 'y', 'p0', 'p1', 'p2']);
    expect(cells).toHaveLength(4 * 96 * 96);
    expect(new Set(cells.map(([run, step]) => `${run} ${step}`))).toContain('relu · adam · seed 1 1');
    const sums = cells.map((row) => row.slice(4).reduce((sum, p) => sum + Number(p), 0));
    expect(Math.max(...sums.map((sum) => Math.abs(sum - 1)))).toBeLessThanOrEqual(1.5 / 255 + 1e-9);
    const [[, , left, top] = [], last = []] = [cells[0], cells.at(-1)];
    expect([Number(left), Number(top)]).toEqual([-Number(last[2]), -Number(last[3])]);
    expect(Number(left)).toBeLessThan(0);
    const svg = (await savedChart(page, 'More for Predicted class', 'SVG')).toString('utf8');
    expect(svg.match(/<image /g)).toHaveLength(4);
    expect((await savedChart(page, 'More for Predicted class', 'PNG')).subarray(1, 4).toString('latin1')).toBe('PNG');

    await page.getByLabel('All 12 runs').click();
    await expect(steps).toHaveCount(12);
    await expect(page).toHaveURL(/every=1/);
  },
);

sharing('layers have their maps, and a study of activations how these are spread', async ({ app, whorl, page }) => {
  const { experiment } = await whorl.recorded('activations', ...QUICK, 'model.activation=relu,tanh', '--seeds', '1..2');
  await page.goto(`${app.url}/compare?experiment=${experiment.id}`);
  await readThrough(page);
  for (const id of ['gradientNorm', 'deadUnits', 'spreads']) {
    await expect(page.getByTestId(id).locator('[data-panel] image')).toHaveCount(2);
  }
  await page.getByLabel('Shown of').selectOption({ label: 'tanh' });
  await expect(page.getByTestId('gradientNorm').locator('[data-panel]')).toHaveCount(1);
  const csv = cellsOf(await savedChart(page, /^More for Gradient of each layer/, 'CSV'));
  expect(csv[1]?.slice(0, 3)).toEqual(['tanh', '1', '0']);
  expect(Number(csv[1]?.[3])).toBeGreaterThan(0);
});

sharing(
  'diverged runs stand at the edge, what is left out is said, and a bad address is named',
  async ({ app, whorl, page }) => {
    const { experiment } = await whorl.recorded(
      'spiral',
      ...QUICK,
      'model.activation=linear',
      'optimizer.name=sgd',
      'optimizer.weightDecay=0.1',
      'optimizer.lr=0.1,1000000',
      '--seeds',
      '1..2',
    );
    await page.goto(`${app.url}/compare?experiment=${experiment.id}&metric=metrics.loss&by=nothing&inside=%3Cimg%3E`);
    await expect(page.getByText('NaN, ∞')).toBeVisible();
    await expect(page.locator('a[data-dot]')).toHaveCount(4);
    await expect(page.getByText(/The address says by=nothing/)).toBeVisible();
    await expect(page.getByTestId('left-out')).toContainText('4 finished runs count');
    await page.goto(`${app.url}/compare?runs=nosuchrun`);
    await expect(page.getByRole('main').getByRole('link').first()).toBeVisible();
  },
);

sharing('at 390 px nothing is wider than the page, in Chinese and in the dark too', async ({ app, whorl, browser }) => {
  const { experiment } = await grid(whorl);
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
    locale: 'zh-CN',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${app.url}/zh/compare?experiment=${experiment.id}&by=model.activation,optimizer.name`);
  await readThrough(page);
  await expect(page.getByTestId('compared-runs').locator('tbody tr')).toHaveCount(12);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(complaints).toEqual([]);
  await context.close();
});

sharing('the curves of compared runs grow while one of them trains', async ({ app, whorl, page }) => {
  // Bug: a comparison by ids did not follow its runs.
  const { runs, experiment } = await whorl.fresh('spiral', ...QUICK);
  const running = whorl.start('run', 'spiral', ...ENDLESS, '--seeds', '2', '--name', experiment.name);
  const { id } = await whorl.training(experiment.name);
  await page.goto(`${app.url}/compare?runs=${runs[0]?.id},${id}`);
  const loss = page.getByRole('figure', { name: 'Batch loss' });
  await loss.scrollIntoViewIfNeeded();
  const points = async () =>
    Math.max(
      ...(
        await loss.getByRole('row').evaluateAll((rows) => rows.map((row) => Number(row.children[1]?.textContent)))
      ).filter(Number.isFinite),
    );
  await expect.poll(points).toBeGreaterThan(50);
  const early = await points();
  await expect.poll(points).toBeGreaterThan(early + 50);
  running.child.kill('SIGINT');
  await running.ended;
});

sharing('a comparison of an experiment takes in what is run later, verdict and all', async ({ app, whorl, page }) => {
  // Bug: only the curves did; the verdict was of the runs that were there when the page was opened.
  const { experiment } = await whorl.fresh('spiral', 'model.activation=relu,tanh', '--seeds', '1..2', ...QUICK);
  await page.goto(`${app.url}/compare?experiment=${experiment.id}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('4 runs');
  await expect(page.getByTestId('left-out')).toContainText('4 finished');
  await whorl.run('run', 'spiral', 'model.activation=relu', '--seeds', '3', ...QUICK, '--name', experiment.name);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('5 runs', { timeout: 5_000 });
  await expect(page.getByTestId('left-out')).toContainText('5 finished', { timeout: 5_000 });
});

sharing(
  'bug: pictures are saved with title and font, light unless dark is chosen, and named after the experiment',
  async ({ app, whorl, browser }) => {
    const { experiment } = await grid(whorl);
    const context = await browser.newContext({
      colorScheme: 'dark',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    await page.goto(`${app.url}/compare?experiment=${experiment.id}`);
    await readThrough(page);
    const grounds = (svg: string) =>
      /<rect [^>]*fill="(#ffffff|#131517|rgb\(255,255,255\)|rgb\(19,21,23\))"/.exec(svg)?.[1];
    const charts = [
      /^More for Test accuracy by model\.activation/,
      'More for Batch loss',
      /^More for Test accuracy: model/,
    ] as const;
    for (const chart of charts) {
      const svg = (await savedChart(page, chart, 'SVG')).toString('utf8');
      expect(grounds(svg), String(chart)).toMatch(/#ffffff|255/);
      expect(svg, String(chart)).toContain("@font-face{font-family:'Inter Variable'");
      expect(svg, 'the colours of the page are another').not.toMatch(/fill: ?(rgb\(233, 234, 235\)|#e9eaeb)/);
    }
    await page.getByRole('button', { name: charts[0] }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await page.keyboard.press('Escape');
    expect(grounds((await savedChart(page, charts[0], 'SVG')).toString('utf8'))).toMatch(/#131517|19/);

    await page.getByRole('button', { name: charts[0] }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Save as PNG' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe(
      `${experiment.name.replaceAll(' ', '-')}-Test-accuracy-by-model-activation.png`,
    );

    await page.getByRole('button', { name: 'Copy as LaTeX: Pair by pair' }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/\\toprule\na & b &/);
    await page.getByRole('button', { name: 'Copy as Markdown: Pair by pair' }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^\| a \| b \|/);
    await context.close();
  },
);
