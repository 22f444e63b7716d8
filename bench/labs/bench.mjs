import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { machine, median, printTable, quantile, round } from '../measure/report.mjs';
import { Browser } from '../web/pages.mjs';
import { Server } from '../web/server.mjs';
import { firstLoad } from './first-load.mjs';
import { traced } from './trace.mjs';

/** Labs, with the pages on which they are. */
const LABS = {
  spiral: '/concepts/spiral',
  'learning-rate': '/concepts/learning-rate',
  activations: '/concepts/activations',
  'vanishing-gradients': '/concepts/vanishing-gradients',
  'width-vs-depth': '/concepts/width-vs-depth',
  optimizers: '/concepts/optimizers',
  repeatability: '/concepts/repeatability',
  'lenet-vs-alexnet': '/concepts/lenet-vs-alexnet',
  'mlp-vs-cnn': '/concepts/mlp-vs-cnn',
  playground: '/playground',
};
const WANTED = 0.93;
const [PLAYED_MS, TINY_MS] = [4_000, 500];
/** How often a setting is changed while a lab plays. */
const PRESSES = 10;

/** How many times a page is opened. */
const [OPENED, TINY_OPENED] = [5, 1];

/**
 * Labs in Chromium: frames per second and response times while they play, by the browser's own trace; how long the
 * spiral's four networks take until ReLU with Adam classifies 0.93 of the training points correctly; and what their pages
 * cost a reader who opens them for the first time. Times in ms.
 * @param {{ only: string, tiny: boolean, json: boolean }} options
 */
export async function bench({ only, tiny, json }) {
  const home = mkdtempSync(path.join(tmpdir(), 'whorl-bench-'));
  const server = await Server.start(home);
  const browser = await Browser.start(server.url, 1);
  const rows = [];
  const loads = [];
  try {
    const labs = Object.entries(LABS).filter(([lab]) => lab.includes(only));
    for (const [, address] of labs) loads.push(await firstLoad(browser, address, tiny ? TINY_OPENED : OPENED));
    for (const [lab, address] of labs) {
      rows.push(await browser.page((page) => measured(page, browser.address(address), lab, tiny)));
    }
  } finally {
    await browser.stop();
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  }
  if (json) console.log(JSON.stringify({ rows: [...rows, ...loads] }));
  else {
    console.log(`${machine()}\n`);
    printTable(rows);
    console.log('\nOpened for the first time, before the lab is touched:\n');
    printTable(loads);
  }
}

/** @param {any} page @param {string} address @param {string} lab @param {boolean} tiny */
async function measured(page, address, lab, tiny) {
  await page.goto(address);
  const section = page.locator(`[data-lab="${lab}"]`);
  await section.scrollIntoViewIfNeeded();
  await page.waitForSelector(`[data-lab="${lab}"][data-phase="ready"]`);
  const play = section.getByRole('button', { name: 'Play' });
  const toWanted = lab === 'spiral' && !tiny ? await timeTo(page, play) : null;
  await section.getByRole('button', { name: 'Start over' }).click();
  const { frames, answers } = await traced(page, async () => {
    await play.click();
    for (let i = 0; i < PRESSES; i++) {
      await page.waitForTimeout((tiny ? TINY_MS : PLAYED_MS) / PRESSES);
      // Pause and play again: both must show at once.
      await section.getByRole('button', { name: /Pause|Play/ }).click();
      await section.getByRole('button', { name: /Pause|Play/ }).click();
    }
  });
  return {
    lab,
    'frames a second': round(1000 / median(frames)),
    'slowest 1 % of frames, ms': round(quantile(frames, 0.99)),
    'answer, ms': round(median(answers)),
    'slowest answer, ms': round(Math.max(...answers)),
    inputs: answers.length,
    'to 0.93, ms': toWanted,
  };
}

/** The time from the press of a button until the page shows the wanted accuracy. @param {any} page @param {any} play */
async function timeTo(page, play) {
  const began = performance.now();
  await play.click();
  await page.waitForFunction(
    (/** @type {number} */ wanted) =>
      Number(document.querySelector('[data-training="ReLU · Adam"] [data-train]')?.getAttribute('data-train')) >=
      wanted,
    WANTED,
    { polling: 'raf' },
  );
  return round(performance.now() - began);
}
