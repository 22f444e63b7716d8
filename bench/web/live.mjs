import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { median } from '../measure/report.mjs';

const RATE = 1000;
const MOST_BETWEEN_LOOKS_MS = 5000;
const logRun = fileURLToPath(new URL('./log-run.mjs', import.meta.url));

/**
 * The page of a run that logs 1,000 points per second: how far it lags, what it receives per second, and how much its
 * memory grows from a quarter of the time to the end.
 * @param {import('./pages.mjs').Browser} browser @param {string} home @param {number} seconds
 * @returns {Promise<import('./bench.mjs').Row[]>}
 */
export async function measureLive(browser, home, seconds) {
  const child = spawn(process.execPath, [logRun, home, String(RATE), String(seconds)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [id] = await once(child.stdout.setEncoding('utf8'), 'data');
    return await browser.page(async (page, traffic) => {
      const { session } = traffic;
      await session.send('Performance.enable');
      await page.goto(browser.address(`/runs/${id.trim()}`));
      await page.locator('[data-loading]').first().scrollIntoViewIfNeeded();
      await page.locator('[data-drawn]').first().waitFor();
      const looks = [];
      const between = Math.min(MOST_BETWEEN_LOOKS_MS, 250 * seconds);
      const start = performance.now();
      while (child.exitCode === null) {
        traffic.take();
        await page.waitForTimeout(between);
        const sent = traffic.take();
        await session.send('HeapProfiler.collectGarbage');
        const { metrics } = await session.send('Performance.getMetrics');
        const heap = metrics.find((/** @type {{ name: string }} */ { name }) => name === 'JSHeapUsedSize').value;
        looks.push({ at: performance.now() - start, perSecond: (1000 * sent) / between, heap });
      }
      const late = looks.filter(({ at }) => at > 250 * seconds);
      const behind = await untilEnd(page, RATE * seconds);
      const each = `live: 1,000 points a second for ${seconds} s`;
      return [
        { case: `${each}, the last point drawn after the end`, ms: behind, bytes: null },
        { case: `${each}, sent each second`, ms: null, bytes: median(looks.map(({ perSecond }) => perSecond)) },
        { case: `${each}, memory of the page`, ms: null, bytes: looks.at(-1)?.heap ?? null },
        {
          case: `${each}, growth of memory after a quarter of it`,
          ms: null,
          bytes: (late.at(-1)?.heap ?? 0) - (late[0]?.heap ?? 0),
        },
      ];
    });
  } finally {
    child.kill();
  }
}

/** Waits until the numbers beside the chart show every point. @param {any} page @param {number} points */
async function untilEnd(page, points) {
  const start = performance.now();
  const shown = points.toLocaleString('en-GB');
  await page
    .locator('[data-loading] td')
    .filter({ hasText: new RegExp(`^(${points}|${shown})$`) })
    .first()
    .waitFor({ state: 'attached', timeout: 20_000 });
  return performance.now() - start;
}
