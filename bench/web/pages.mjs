import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findBrowser } from '../../scripts/setup/browser.mjs';
import { packageFolder } from '../../scripts/setup/places.mjs';
import { median } from '../report.mjs';

const ROUNDS = 3;
const CHARTS = '[data-drawn]:not([data-drawn="0"])';

/** A real Chromium, each page in a context of its own: nothing is kept from one to the next. */
export class Browser {
  /** @param {any} chromium @param {string} url */
  constructor(chromium, url) {
    this.chromium = chromium;
    this.url = url;
  }

  /** @param {string} url of the web app @returns {Promise<Browser>} */
  static async start(url) {
    const entry = pathToFileURL(path.join(packageFolder('playwright-core'), 'index.mjs')).href;
    const { chromium } = await import(entry);
    return new Browser(await chromium.launch({ executablePath: await findBrowser(), args: ['--no-sandbox'] }), url);
  }

  /** @template T @param {(page: any, traffic: Traffic) => Promise<T>} use @returns {Promise<T>} */
  async page(use) {
    const context = await this.chromium.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
    try {
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
      return await use(page, await Traffic.of(page));
    } finally {
      await context.close();
    }
  }

  /** @param {string} path */
  address(path) {
    return this.url + path;
  }

  stop() {
    return this.chromium.close();
  }
}

/** What a page receives, as it comes over the wire. */
class Traffic {
  bytes = 0;

  /** @param {any} page */
  static async of(page) {
    const traffic = new Traffic();
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    session.on('Network.dataReceived', (/** @type {{ dataLength: number, encodedDataLength: number }} */ received) => {
      traffic.bytes += received.encodedDataLength || received.dataLength;
    });
    traffic.session = session;
    return traffic;
  }

  /** The bytes since the last call. */
  take() {
    const { bytes } = this;
    this.bytes = 0;
    return bytes;
  }
}

/** The middle of some rounds, the first of which only warms. @param {() => Promise<{ ms: number, bytes: number }>} measure */
async function middle(measure) {
  await measure();
  const seen = [];
  for (let i = 0; i < ROUNDS; i++) seen.push(await measure());
  return { ms: median(seen.map(({ ms }) => ms)), bytes: median(seen.map(({ bytes }) => bytes)) };
}

/** @param {any} page @param {number} count */
const chartsDrawn = (page, count) =>
  page.waitForFunction(
    ([selector, wanted]) => {
      const charts = [...document.querySelectorAll(selector)];
      charts[0]?.scrollIntoView();
      document.querySelector('[data-loading]')?.scrollIntoView();
      return charts.length >= wanted && !document.querySelector('[data-loading="true"]');
    },
    [CHARTS, count],
    { polling: 'raf' },
  );

/** From the click on a link of one page to the charts of the page that it leads to. @param {Browser} browser @param {string} from @param {string} to */
const followed = (browser, from, to) =>
  middle(() =>
    browser.page(async (page, traffic) => {
      await page.goto(browser.address(from));
      const link = page.locator(`a[href$="${to}"]`).first();
      await link.waitFor();
      await page.waitForTimeout(1000); // what the first page still reads is not the second's
      traffic.take();
      const start = performance.now();
      await link.click();
      await chartsDrawn(page, 2);
      return { ms: performance.now() - start, bytes: traffic.take() };
    }),
  );

/** @param {Browser} browser @param {import('./record.mjs').Made} made */
const overlaid = (browser, { overlay }) => followed(browser, '/', `/experiments/${overlay}`);

/** @param {Browser} browser @param {import('./record.mjs').Made} made */
const grouped = (browser, { means }) => followed(browser, '/', `/experiments/${means}`);

/** @param {Browser} browser @param {import('./record.mjs').Made} made */
const longRun = (browser, { million, long }) => followed(browser, `/experiments/${million}`, `/runs/${long}`);

/** From the end of a drag over a chart to the points of that range on it. @param {Browser} browser @param {import('./record.mjs').Made} made */
const zoomed = (browser, { overlay }) =>
  middle(() =>
    browser.page(async (page, traffic) => {
      await page.goto(browser.address(`/experiments/${overlay}`));
      await chartsDrawn(page, 2);
      const plot = page.locator('[data-loading] fieldset').first();
      await plot.scrollIntoViewIfNeeded();
      const { x, y } = await plot.boundingBox();
      await page.mouse.move(x + 200, y + 120);
      await page.mouse.down();
      await page.mouse.move(x + 300, y + 120, { steps: 3 });
      await page.evaluate(() => {
        const chart = document.querySelector('[data-loading]');
        const state = /** @type {any} */ (globalThis);
        state.answered = new Promise((resolve) => {
          let start = 0;
          addEventListener('pointerup', () => (start = performance.now()), { capture: true, once: true });
          new MutationObserver((_, observer) => {
            if (chart?.getAttribute('data-loading') !== 'false') return;
            observer.disconnect();
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
          }).observe(/** @type {Element} */ (chart), { attributeFilter: ['data-loading'] });
        });
      });
      traffic.take();
      await page.mouse.up();
      const ms = await page.evaluate(() => /** @type {any} */ (globalThis).answered);
      return { ms, bytes: traffic.take() };
    }),
  );

/** From the address to rows that answer. @param {Browser} browser @param {import('./record.mjs').Made} made */
const tableUsable = (browser, { table }) =>
  middle(() =>
    browser.page(async (page, traffic) => {
      const start = performance.now();
      await page.goto(browser.address(`/experiments/${table}`), { waitUntil: 'commit' });
      await page.waitForFunction(
        () => {
          const grid = document.querySelector('[data-runs-grid]');
          return grid?.querySelector('[data-run]') && Object.keys(grid).some((key) => key.startsWith('__reactProps'));
        },
        null,
        { polling: 'raf' },
      );
      return { ms: performance.now() - start, bytes: traffic.take() };
    }),
  );

/** The longest time for which a place in the table has no run, while all of it scrolls by. @param {Browser} browser @param {import('./record.mjs').Made} made */
const scrolled = (browser, { table }) =>
  browser.page(async (page, traffic) => {
    await page.goto(browser.address(`/experiments/${table}`));
    await page.locator('[data-run]').first().waitFor();
    await page.waitForTimeout(1500);
    traffic.take();
    const ms = await page.evaluate(async () => {
      const grid = /** @type {HTMLElement} */ (document.querySelector('[data-runs-grid]'));
      grid.scrollIntoView();
      const hasRun = (/** @type {number} */ x, /** @type {number} */ y) =>
        /** @type {HTMLElement | null | undefined} */ (document.elementFromPoint(x, y)?.closest('tr'))?.dataset.run;
      let longest = 0;
      let since = null;
      while (grid.scrollTop + grid.clientHeight < grid.scrollHeight - 2) {
        grid.scrollTop += 400;
        const now = await new Promise((resolve) => requestAnimationFrame(resolve));
        const { left, top, bottom } = grid.getBoundingClientRect();
        let blank = false;
        for (let y = top + 60; y < bottom - 20; y += 30) blank ||= !hasRun(left + 100, y);
        since = blank ? (since ?? now) : null;
        if (since !== null) longest = Math.max(longest, now - since);
      }
      return longest;
    });
    return { ms, bytes: traffic.take() };
  });

export const PAGES = {
  'page: 10,000 runs, usable after': tableUsable,
  'page: scrolled through 10,000 runs, the longest blank row': scrolled,
  'page: 100 runs x 10,000 steps overlaid, drawn after the click': overlaid,
  'page: 100 runs x 10,000 steps, a zoom answered': zoomed,
  'page: 1,000 runs x 1,000 steps as group means, drawn after the click': grouped,
  'page: a run of 1,000,000 points, drawn after the click': longRun,
};
