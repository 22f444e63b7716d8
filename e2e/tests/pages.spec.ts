import { CONCEPTS } from '../support/concepts.ts';
import { expect, grid, QUICK, type RunsDocument, sharing, test } from '../support/whorl.ts';

sharing(
  'every page opens in both languages and themes, wide and at 390 px, without an error and without overflowing',
  async ({ app, whorl, browser }) => {
    test.setTimeout(240_000);
    const { experiment, runs } = await grid(whorl);
    const ids = runs.map(({ id }) => id);
    const pages = [
      '/',
      `/experiments/${experiment.id}`,
      `/runs/${ids[0]}`,
      `/compare?runs=${ids[0]},${ids[3]}`,
      '/log',
      '/playground',
      '/concepts',
      ...CONCEPTS.map((slug) => `/concepts/${slug}`),
    ];
    const views = [
      { colorScheme: 'light', width: 1280 },
      { colorScheme: 'dark', width: 390 },
    ] as const;
    for (const { colorScheme, width } of views) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, locale: 'en-GB' });
      // From the first paint on: charts drawn by the server once made a narrow page as wide as they were.
      await context.addInitScript(() => {
        const measure = () => {
          const { scrollWidth } = document.documentElement ?? { scrollWidth: 0 };
          const page = globalThis as { widest?: number };
          page.widest = Math.max(page.widest ?? 0, scrollWidth);
          requestAnimationFrame(measure);
        };
        requestAnimationFrame(measure);
      });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      for (const [prefix, lang] of [
        ['', 'en'],
        ['/zh', 'zh-Hans'],
      ] as const) {
        for (const path of pages) {
          const address = prefix + path.replace(/^\/$/, prefix ? '' : '/');
          const response = await page.goto(app.url + address);
          expect(response?.status(), address).toBe(200);
          await expect(page.locator('html'), address).toHaveAttribute('lang', lang);
          await expect(page.getByRole('heading', { level: 1 }), address).toBeVisible();
          const widest = await page.evaluate(
            () =>
              new Promise<number>((resolve) =>
                setTimeout(() => resolve((globalThis as { widest?: number }).widest ?? 0), 100),
              ),
          );
          expect(widest, `${address} at ${width}`).toBeLessThanOrEqual(width);
          expect(widest).toBeGreaterThan(width / 2);
          expect(complaints, address).toEqual([]);
        }
      }
      await context.close();
    }
  },
);

sharing(
  'the language switch keeps the page, and a browser that prefers Chinese gets Chinese',
  async ({ app, whorl, browser, page }) => {
    const { runs } = await whorl.recorded('spiral', ...QUICK);
    await page.goto(`${app.url}/runs/${runs[0]?.id}`);
    await page
      .getByRole('link', { name: '中文' })
      .or(page.getByRole('button', { name: '中文' }))
      .click();
    await expect(page).toHaveURL(new RegExp(`/zh/runs/${runs[0]?.id}$`));
    await expect(page.getByRole('region', { name: '决策边界' })).toBeVisible();

    const chinese = await browser.newContext({ locale: 'zh-CN' });
    const first = await chinese.newPage();
    await first.goto(app.url);
    await expect(first).toHaveURL(/\/zh$/);
    await chinese.close();
  },
);

sharing('the boundary moves through training by keyboard, and two runs move together', async ({ app, whorl, page }) => {
  const { runs } = await whorl.recorded('spiral', ...QUICK, 'model.activation=relu,linear');
  await page.goto(`${app.url}/compare?runs=${runs.map(({ id }) => id).join(',')}`);
  await expect(page.getByRole('rowheader', { name: 'model.activation' })).toBeVisible();
  const slider = page.getByRole('slider', { name: 'Step' });
  await slider.scrollIntoViewIfNeeded(); // pictures are read when they come near
  await expect(slider).toHaveAttribute('aria-valuetext', /40/);
  const pixels = () =>
    page.locator('canvas').evaluateAll((all) => all.map((canvas) => (canvas as HTMLCanvasElement).toDataURL().length));
  await expect(page.locator('canvas[data-ready="true"]')).toHaveCount(2);
  const late = await pixels();
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute('aria-valuetext', /\b0\b/);
  await expect
    .poll(async () => (await pixels()).filter((size, i) => size !== late[i]).length)
    .toBeGreaterThanOrEqual(2);
});

sharing('a hostile name is harmless text, and addresses of nothing say what to do', async ({ app, whorl, page }) => {
  const name = '<img src=x onerror="document.title=1"> \u202e __proto__';
  const { experiment } = await whorl.json<RunsDocument>('run', 'spiral', ...QUICK, '--name', name);
  await page.goto(`${app.url}/experiments/${experiment.id}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name.replace(/\s+/g, ' '));
  expect(await page.locator('img').count()).toBe(0);
  for (const path of [
    '/experiments/nope',
    '/runs/__proto__',
    '/concepts/nope',
    '/nope',
    '/zh/runs/%3Cimg%3E',
    `/runs/${'x'.repeat(5000)}`,
  ]) {
    const response = await page.goto(app.url + path);
    expect(response?.status(), path).toBe(404);
    await expect(page.getByRole('main').getByRole('link').first(), path).toBeVisible();
  }
});

sharing(
  'the marks of Chinese text are as wide as its characters, its Latin letters are Inter’s',
  async ({ app, page }) => {
    const measure = async (address: string) => {
      await page.goto(app.url + address);
      return page.evaluate(async () => {
        const paragraph = document.querySelector('main p') as HTMLElement;
        const widthOf = (text: string) => {
          const span = document.createElement('span');
          span.style.cssText = 'position: absolute; white-space: nowrap';
          span.textContent = text;
          paragraph.append(span);
          const { width } = span.getBoundingClientRect();
          span.remove();
          return width / Number.parseFloat(getComputedStyle(paragraph).fontSize);
        };
        widthOf('a“字');
        await document.fonts.ready;
        const marks = ['“', '”', '‘', '’', '…', '—'].map((mark) => widthOf(`字${mark}字`) - 2 * widthOf('字'));
        return { marks, latin: widthOf('wmia') };
      });
    };
    const chinese = await measure('/zh/concepts/softmax');
    for (const width of chinese.marks) expect(width).toBeCloseTo(1, 1);
    const english = await measure('/concepts/softmax');
    for (const width of english.marks.slice(0, 4)) expect(width).toBeLessThan(0.6);
    expect(chinese.latin).toBeCloseTo(english.latin, 2);
  },
);

sharing(
  'what recorded runs say of a claim stands on its concept page and on the page of the experiment, owner and guest',
  async ({ app, whorl, page }) => {
    const { experiment } = await whorl.recorded('spiral', '--course', '--seeds', '1..3');
    const { share } = await whorl.json<{ share: { url: string } }>('share', experiment.name);
    const said = {
      '': [
        /quick plan: 6 runs, 3 seeds/,
        /2 of its 12 configurations have at least 3 seeds/,
        /Undecided ReLU raises/,
        /Confounded: between/,
      ],
      '/zh': [/快速方案：6 次运行、3 个种子/, /12 种配置中，有 2 种/, /尚无定论 ReLU 把准确率/, /存在混杂/],
    };
    for (const [prefix, texts] of Object.entries(said)) {
      for (const address of [
        `${app.url}${prefix}/experiments/${experiment.id}`,
        `${app.url}${prefix}/concepts/spiral`,
      ]) {
        await page.goto(address);
        const claims = page.locator('section').filter({ has: page.locator('[data-outcome]') });
        for (const text of texts) await expect(claims).toContainText(text);
        await expect(claims.locator('[data-outcome]')).toHaveAttribute('data-outcome', 'undecided');
      }
    }
    await page.goto(share.url);
    await expect(page.locator('[data-outcome]')).toContainText('Confounded: between');
  },
);
