import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, sharing as test } from '../support/whorl.ts';

const PAGE = `<!doctype html><title>elsewhere</title>
<script type="module">import * as whorl from '/browser.js'; globalThis.whorl = whorl;</script>`;

/** A page of somebody else, at an address of its own on this machine, with the client beside it. */
async function elsewhere() {
  const dist = new URL('../../packages/client/dist/', import.meta.url);
  const server = createServer(async ({ url = '/' }, response) => {
    const name = /^\/([a-z-]+\.js)$/.exec(url)?.[1];
    response.setHeader('Content-Type', name ? 'text/javascript' : 'text/html');
    response.end(name ? await readFile(new URL(name, dist)) : PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

test('a page of this machine logs a run from the browser, and the app shows it', async ({ page, app }) => {
  const other = await elsewhere();
  try {
    await page.goto(other.url);
    const address = await page.evaluate(async (url) => {
      const { whorl } = globalThis as unknown as { whorl: typeof import('../../packages/client/dist/browser.js') };
      const run = await whorl.init({
        experiment: 'from a browser',
        name: 'in a page',
        url,
        config: { seed: 3, units: 8 },
      });
      for (let i = 0; i < 100; i++) run.log({ loss: 1 / (i + 1) });
      await run.finish();
      return run.url;
    }, app.url);
    await page.goto(address);
    await expect(page.getByRole('heading', { name: 'in a page' })).toBeVisible();
    await expect(page.getByText('0.0100', { exact: true }).first()).toBeVisible();
  } finally {
    other.close();
  }
});
