import { expect, type RunsDocument, sharing } from '../support/whorl.ts';

const quick = ['epochs=20', 'data.n=100', '--engine', 'wasm', '--jobs', '1'] as const;

sharing(
  'a shared link shows its experiment to a second browser, and nothing else of the app answers it',
  async ({ app, whorl, browser }) => {
    const mine = await whorl.json<RunsDocument>(
      'run',
      'spiral',
      ...quick,
      '--name',
      'the shared one',
      '--seeds',
      '1..2',
    );
    const other = await whorl.json<RunsDocument>('run', 'spiral', ...quick, '--name', 'the private one');
    const { share } = await whorl.json<{ share: { id: string; url: string } }>('share', 'the shared one');
    expect(share.url).toMatch(new RegExp(`^${app.shareUrl}/s/[\\w-]{22,}$`));

    const guest = await browser.newContext();
    const page = await guest.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const response = await page.goto(share.url);
    expect(response?.status()).toBe(200);
    await expect(page.getByRole('heading', { name: 'the shared one' })).toBeVisible();
    await expect(page.locator('canvas, svg').first()).toBeVisible();
    await page.waitForTimeout(1500); // the live connection opens after the first paint
    expect(await page.content()).not.toContain('the private one');
    const token = new URL(share.url).pathname;
    expect(asked.filter((path) => !path.startsWith(token) && !path.startsWith('/_next/static/'))).toEqual([]);

    const runs = mine.runs.map(({ id }) => id);
    await page.goto(`${share.url}/runs/${runs[0]}`);
    await expect(page.getByRole('main')).toContainText('0.', { useInnerText: true });

    const origin = new URL(share.url).origin;
    const status = async (path: string) => (await guest.request.get(`${origin}${path}`, { maxRedirects: 0 })).status();
    for (const path of [
      '/',
      '/zh',
      '/concepts',
      `/experiments/${mine.experiment.id}`,
      `/runs/${runs[0]}`,
      `/api/trpc/experiments.list`,
      `/compare?runs=${runs}`,
      '/en',
      '/en/concepts',
      '/s',
      '/s/../concepts',
      '//concepts',
    ]) {
      expect(await status(path), path).toBe(404);
    }
    expect(await status(`${token}/runs/${other.runs[0]?.id}`), 'a run of another experiment').toBe(404);
    expect(await status(`${token}x`), 'another token').toBe(404);
    const asking = encodeURIComponent(JSON.stringify({ json: { id: other.runs[0]?.id } }));
    for (const procedure of ['runs.get', 'experiments.list', 'shares.list']) {
      const answer = await guest.request.get(`${origin}${token}/trpc/${procedure}?input=${asking}`);
      expect(answer.status(), procedure).toBeGreaterThanOrEqual(400);
      expect(await answer.text(), procedure).not.toContain('the private one');
    }

    await whorl.run('share', '--revoke', share.id);
    expect((await page.goto(share.url))?.status()).toBe(404);
    expect(await status(`${token}/trpc/experiments.get`)).toBe(404);
    await guest.close();
  },
);

sharing(
  'a link made with the button opens, and closed with the button it does not',
  async ({ app, whorl, page, browser }) => {
    const { experiment } = await whorl.fresh('spiral', ...quick);
    await page.goto(`${app.url}/experiments/${experiment.id}`);
    await page.getByRole('button', { name: 'Share' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: /create|make/i }).click();
    const link = dialog
      .locator('input[readonly], code, output')
      .filter({ hasText: /./ })
      .or(dialog.locator('input[readonly]'))
      .first();
    await expect(link).toBeVisible();
    const url =
      (await link.evaluate((element) => (element instanceof HTMLInputElement ? element.value : element.textContent))) ??
      '';
    expect(url).toContain(`${app.shareUrl}/s/`);

    const guest = await browser.newContext();
    const visitor = await guest.newPage();
    expect((await visitor.goto(url))?.status()).toBe(200);
    await dialog
      .getByRole('button', { name: /revoke|close link/i })
      .first()
      .click();
    await expect.poll(async () => (await visitor.goto(url))?.status()).toBe(404);
    await guest.close();
  },
);
