// The same as measure.mjs, on the portable engine in a worker of a page in Chromium.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { readDigits } from '../../packages/core/dist/node/mnist-digits.js';
import { packageFolder } from '../../scripts/setup/places.mjs';
import { launchChromium } from '../measure/chromium.mjs';

const bundle = await rolldown({ input: fileURLToPath(new URL('page.mjs', import.meta.url)), platform: 'browser' });
const [{ code }] = (await bundle.generate({ format: 'iife' })).output;
const address = (/** @type {ArrayBuffer | Uint8Array} */ bytes, type = 'application/octet-stream') =>
  `data:${type};base64,${Buffer.from(/** @type {ArrayBuffer} */ (bytes)).toString('base64')}`;
const { pixels, labels } = await readDigits();
const wasm = path.join(packageFolder('@tensorflow/tfjs-backend-wasm'), 'dist', 'tfjs-backend-wasm-simd.wasm');
const given = {
  wasm: address(readFileSync(wasm), 'application/wasm'),
  pixels: address(Float32Array.from(pixels).buffer),
  labels: address(Int32Array.from(labels).buffer),
};

const browser = await launchChromium();
try {
  const page = await browser.newPage();
  /** Sends the worker a message and resolves to its answer. @param {unknown} message @returns {Promise<any>} */
  const ask = async (message) => {
    const answer = await page.evaluate(
      (/** @type {unknown} */ asked) =>
        new Promise((resolve) => {
          const { worker } = /** @type {any} */ (globalThis);
          worker.onmessage = (/** @type {{ data: unknown }} */ { data }) => resolve(data);
          worker.postMessage(asked);
        }),
      message,
    );
    if (answer.error) throw new Error(answer.error);
    return answer;
  };
  await page.evaluate((/** @type {string} */ source) => {
    const global = /** @type {any} */ (globalThis);
    global.worker = new global.Worker(URL.createObjectURL(new Blob([source])));
  }, code);
  await ask({ given });
  for await (const line of createInterface(process.stdin)) {
    console.log(JSON.stringify(await ask({ question: JSON.parse(line) })));
  }
} finally {
  await browser.close();
}
