import { launchChromium } from '../measure/chromium.mjs';
import { median } from '../measure/report.mjs';
import { thousands } from './record.mjs';

const CHARTS = '[data-drawn]:not([data-drawn="0"])';

/** A real Chromium with a new context for each page, so that nothing is cached from one to the next. */
export class Browser {
  /** @param {any} chromium @param {string} url @param {number} rounds of what is measured more than once */
  constructor(chromium, url, rounds) {
    this.rounds = rounds;
    this.chromium = chromium;
    this.url = url;
  }

  /** @param {string} url of the web app @param {number} rounds @returns {Promise<Browser>} */
  static async start(url, rounds) {
    return new Browser(await launchChromium(), url, rounds);
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

/** What a page receives, in bytes on the wire: compressed answers as they are, streams as they come. */
class Traffic {
  bytes = 0;

  /** @param {any} page */
  static async of(page) {
    const traffic = new Traffic();
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    /** The bytes counted of unfinished requests. @type {Map<string, number>} */
    const counted = new Map();
    session.on('Network.dataReceived', (/** @type {any} */ { requestId, encodedDataLength }) => {
      counted.set(requestId, (counted.get(requestId) ?? 0) + encodedDataLength);
      traffic.bytes += encodedDataLength;
    });
    session.on('Network.loadingFinished', (/** @type {any} */ { requestId, encodedDataLength }) => {
      traffic.bytes += encodedDataLength - (counted.get(requestId) ?? 0);
    });
    traffic.session = session;
    return traffic;
  }

  /** The bytes received since the last call. */
  take() {
    const { bytes } = this;
    this.bytes = 0;
    return bytes;
  }
}

/**
 * The median of the rounds; where there are several, after one to warm up.
 * @param {Browser} browser @param {() => Promise<{ ms: number, bytes: number }>} measure
 */
async function middle({ rounds }, measure) {
  if (rounds > 1) await measure();
  const seen = [];
  for (let i = 0; i < rounds; i++) seen.push(await measure());
  return { ms: median(seen.map(({ ms }) => ms)), bytes: median(seen.map(({ bytes }) => bytes)) };
}

/** How long a page rests before it is measured; hardly at all in a single round. @param {Browser} browser */
const restMs = ({ rounds }) => (rounds > 1 ? 1500 : 100);

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

/**
 * From the click on a link to the charts of the page to which it leads.
 * @param {Browser} browser @param {string} from @param {string} to
 */
const followed = (browser, from, to) =>
  middle(browser, () =>
    browser.page(async (page, traffic) => {
      await page.goto(browser.address(from));
      const link = page.locator(`a[href$="${to}"]`).first();
      await link.waitFor();
      await page.waitForTimeout(restMs(browser)); // so that what the first page still reads is not counted
      traffic.take();
      const start = performance.now();
      await link.click();
      await page.waitForURL(`**${to}`, { waitUntil: 'commit' });
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

/**
 * From the end of a drag over a chart to the range drawn from the page's own points, or to all of its points.
 * @param {Browser} browser @param {import('./record.mjs').Made} made @param {'seen' | 'answered'} until
 */
const zoomed = (browser, { overlay }, until) =>
  middle(browser, () =>
    browser.page(async (page, traffic) => {
      await page.goto(browser.address(`/experiments/${overlay}`));
      await chartsDrawn(page, 2);
      await page.waitForTimeout(restMs(browser));
      const plot = page.locator('[data-loading] fieldset').first();
      await plot.scrollIntoViewIfNeeded();
      const { x, y } = await plot.boundingBox();
      await page.mouse.move(x + 200, y + 120);
      await page.mouse.down();
      await page.mouse.move(x + 300, y + 120, { steps: 3 });
      await page.evaluate(() => {
        const chart = /** @type {HTMLElement} */ (document.querySelector('[data-loading]'));
        const picture = /** @type {HTMLElement} */ (chart.querySelector('[data-drawn]'));
        const state = /** @type {any} */ (globalThis);
        state.zoom = new Promise((resolve) => {
          let start = 0;
          let seen = 0;
          addEventListener('pointerup', () => (start = performance.now()), { capture: true, once: true });
          // The attribute is set whenever a picture is complete.
          const observer = new MutationObserver(() => {
            const now = performance.now() - start;
            seen ||= now;
            if (chart.dataset.loading === 'true') return;
            observer.disconnect();
            resolve({ seen, answered: now });
          });
          observer.observe(picture, { attributeFilter: ['data-drawn'] });
        });
      });
      traffic.take();
      await page.mouse.up();
      const times = await page.evaluate(() => /** @type {any} */ (globalThis).zoom);
      return { ms: times[until], bytes: traffic.take() };
    }),
  );

/** From the address to rows that respond. @param {Browser} browser @param {import('./record.mjs').Made} made */
const tableUsable = (browser, { table }) =>
  middle(browser, () =>
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

/**
 * From the address to controls that respond, for a run with very many metrics; bytes are counted a while longer.
 * @param {Browser} browser @param {import('./record.mjs').Made} made
 */
const wideUsable = (browser, { wide }) =>
  middle(browser, () =>
    browser.page(async (page, traffic) => {
      const start = performance.now();
      await page.goto(browser.address(`/runs/${wide}`), { waitUntil: 'commit' });
      await page.waitForFunction(
        () => {
          const search = document.querySelector('input[type="search"]');
          return search && Object.keys(search).some((key) => key.startsWith('__reactProps'));
        },
        null,
        { polling: 'raf' },
      );
      const ms = performance.now() - start;
      await page.waitForTimeout(restMs(browser));
      return { ms, bytes: traffic.take() };
    }),
  );

/**
 * The longest time for which a place in the table shows no run while the whole table scrolls by.
 * @param {Browser} browser @param {import('./record.mjs').Made} made
 */
const scrolled = (browser, { table }) =>
  browser.page(async (page, traffic) => {
    await page.goto(browser.address(`/experiments/${table}`));
    await page.locator('[data-run]').first().waitFor();
    await page.waitForTimeout(restMs(browser));
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

/** @param {import('./record.mjs').Size} size @returns {Record<string, (browser: Browser, made: import('./record.mjs').Made) => Promise<{ ms: number, bytes: number }>>} */
export function pagesOf({ table, overlay, means, long, wide }) {
  const rows = `${thousands(table)} runs`;
  const curves = (/** @type {import('./record.mjs').Curves} */ { runs, steps }) =>
    `${thousands(runs)} runs x ${thousands(steps)} steps`;
  return {
    [`page: ${rows}, usable after`]: tableUsable,
    [`page: scrolled through ${rows}, the longest blank row`]: scrolled,
    [`page: ${curves(overlay)} overlaid, drawn after the click`]: overlaid,
    [`page: ${curves(overlay)}, a zoom seen`]: (browser, made) => zoomed(browser, made, 'seen'),
    [`page: ${curves(overlay)}, every point of a zoom there`]: (browser, made) => zoomed(browser, made, 'answered'),
    [`page: ${curves(means)} as group means, drawn after the click`]: grouped,
    [`page: a run of ${thousands(long)} points, drawn after the click`]: longRun,
    [`page: a run of ${thousands(wide.metrics)} metrics x ${thousands(wide.steps)} points, usable after`]: wideUsable,
  };
}
