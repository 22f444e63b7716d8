import { median, round } from '../measure/report.mjs';

// What a concept page costs a reader who opens it for the first time, before its lab is touched.

/** How long a page is watched once it has loaded: what comes later moves nothing that a reader has begun to read. */
const WATCHED_MS = 1_000;

/**
 * When the largest thing of the first screen was painted (LCP), how much of the page jumped (CLS), and what came over the wire,
 * compressed: until the page had loaded, and once it was idle and had its lab ready.
 * @param {import('../web/pages.mjs').Browser} browser with nothing kept
 * @param {string} address
 * @param {number} rounds
 */
export async function firstLoad(browser, address, rounds) {
  const seen = [];
  for (let i = 0; i < rounds; i++) {
    seen.push(await browser.page((page, traffic) => opened(page, traffic, browser.address(address))));
  }
  const middle = (/** @type {'lcp' | 'cls' | 'bytes'} */ key) => median(seen.map((one) => one[key]));
  return {
    page: address,
    'LCP, ms': round(middle('lcp')),
    CLS: Number(middle('cls').toFixed(4)),
    'on the wire, kB': round(middle('bytes') / 1000),
  };
}

/** @param {any} page @param {{ take: () => number }} traffic @param {string} address */
async function opened(page, traffic, address) {
  await page.addInitScript(() => {
    const state = /** @type {any} */ (globalThis);
    state.seen = { lcp: 0, cls: 0 };
    new PerformanceObserver((list) => {
      state.seen.lcp = list.getEntries().at(-1)?.startTime ?? state.seen.lcp;
    }).observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((list) => {
      for (const shift of list.getEntries()) {
        const { value, hadRecentInput } = /** @type {any} */ (shift);
        if (!hadRecentInput) state.seen.cls += value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  traffic.take();
  await page.goto(address, { waitUntil: 'load' });
  const bytes = traffic.take();
  await page.waitForTimeout(WATCHED_MS);
  return { bytes, ...(await page.evaluate(() => /** @type {any} */ (globalThis).seen)) };
}
